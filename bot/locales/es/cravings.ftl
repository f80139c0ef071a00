hard-button = Momento difícil
hard-phrases = momento difícil | ganas | tengo ganas | tengo muchas ganas | me dan ganas | me dieron ganas | ganas de consumir | tengo ganas de consumir | ansias | ansiedad por consumir | antojo | antojos | tengo antojo | craving | quiero consumir | quiero beber | necesito consumir | disparador
hard-moment = Es un momento difícil, y pulsaste. { $title }.
    .other = Otra cosa
command-trigger = Un momento difícil: algo que hacer ya

talk = Estas personas contestan. No hace falta que te conozcan, y ningún motivo es pequeño.
    .do = Algo que hacer
    .unnamed = Alguien que escucha
talk-line = { $name }: { $number }, { $hours }
    .short = { $name }: { $number }
talk-unchecked = No hemos comprobado estos números: alguno puede haber cambiado.
talk-anywhere = Líneas en muchos países: { $link }
talk-trusted = O alguien de confianza: basta un «¿Puedes hablar?».
talk-phrases = hablar con alguien | necesito hablar | necesito hablar con alguien | necesito a alguien | necesito apoyo | apoyo | me siento a solas | soledad
