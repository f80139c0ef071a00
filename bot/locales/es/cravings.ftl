hard-button = Momento difícil
hard-phrases = momento difícil | ganas | tengo ganas | tengo muchas ganas | me dan ganas | me dieron ganas | ganas de consumir | tengo ganas de consumir | ansias | ansiedad por consumir | antojo | antojos | tengo antojo | craving | quiero consumir | quiero beber | necesito consumir | disparador
hard-moment = Es un momento difícil, y pulsaste. { $title }.
    .start = Empezar diez minutos
    .other = Otra cosa
    .not = Esto no
    .talk = Hablar con alguien
    .used = Ya consumí
hard-own = Escribiste: { $words }
    .do = Hago eso
hard-check = ¿Dudas si hay peligro? Pulsa primero «¿Hay peligro?».
    .open = ¿Hay peligro?
command-trigger = Un momento difícil: algo que hacer ya

moment-until = Hasta las { $time }. Antes no hay nada que decidir.
    .nozone = En diez minutos vuelvo a preguntar. Antes no hay nada que decidir.
    .easier = Ya es más llevadero
    .other = Otra cosa
moment-before = ¿Qué fuerza tienen las ganas ahora? Solo si quieres.
moment-left = Quedan { $minutes } minutos.
    .one = Un minuto más.
moment-breathe =
    .in = Inspira, y cuenta hasta { $count }.
    .out = Suelta el aire despacio, y cuenta hasta { $count }.
moment-breathe-counted = Inspira: { $inward }. Suelta: { $outward }.
moment-alone =
    Diez minutos, con tu propio reloj. Antes no hay nada que decidir.
    No guardo nada de esto, así que no puedo volver a preguntar. Vuelve cuando quieras.
moment-still = Sigo aquí. ¿Cómo va ahora?
    .repeat = Quizá esto llegue dos veces.
moment-still-late = Sigo aquí. Quería preguntar a las { $time }. ¿Cómo va ahora?
    .nozone = Sigo aquí, más tarde de lo que dije. ¿Cómo va ahora?
moment-pull =
    .none = Ninguna
    .little = Un poco
    .some = Algunas
    .strong = Fuertes
    .very_strong = Muy fuertes
moment-not-yet = Ganas: { $pull }, y sigues aquí. Probemos otra cosa.
moment-easier = Las ganas: de { $before } a { $after }. ¿Qué ayudó?
    .now = Ganas ahora: { $after }. ¿Qué ayudó?
    .unsaid = Qué bien que sea más llevadero. ¿Qué ayudó?
    .other = Otra cosa
    .skip = No sé decir
moment-off = ¿Qué lo provocó? Solo si quieres.
    .feeling = Un sentimiento
    .body = El cuerpo
    .place = Un lugar o gente
    .thought = Un pensamiento
    .skip = Saltar
moment-noted = Anotado. Puede volver a oleadas. El botón sigue en su sitio.
    .plan = Un plan para la próxima
    .helps = Lo que ha ayudado
moment-health = Con calma: una breve lista de salud me deja proponer más.
moment-company = Siguen fuertes. Es el momento de tener compañía.
    .more = Una cosa más que hacer

health-button = Lista de salud
health = ¿Algo de esto vale para ti? Así dejo fuera lo que podría dañar. Pulsa lo que sea, y Listo.
    .none = Nada de esto
    .done = Listo
health-ticked = ✔ Sí: { $label }
health-thanks = Gracias. Desde ahora propongo solo lo que encaja con eso.
    .change = Cambiarla

whathelps = Lo que te ha ayudado hasta ahora:
    .again = Proponer de nuevo: { $name }
whathelps-none = Aún no hay nada anotado. Tras diez minutos pregunto qué ayudó.
whathelps-line = { $name }: ayudó { $helped } de { $of } veces
    .once = { $name }: una vez, y ayudó
    .never = { $name }: una vez, y no ayudó
whathelps-refused = Lo que dejo fuera porque lo dijiste. Un toque lo trae de vuelta:

talk = Hablar con alguien
    .used = Ya consumí
hard-own = Escribiste: { $words }
    .do = Hago eso
hard-check = ¿Dudas si hay peligro? Pulsa primero «¿Hay peligro?».
    .open = ¿Hay peligro?
command-trigger = Un momento difícil: algo que hacer ya

moment-until = Hasta las { $time }. Antes no hay nada que decidir.
    .nozone = En diez minutos vuelvo a preguntar. Antes no hay nada que decidir.
    .easier = Ya es más llevadero
    .other = Otra cosa
moment-before = ¿Qué fuerza tienen las ganas ahora? Solo si quieres.
moment-left = Quedan { $minutes } minutos.
    .one = Un minuto más.
moment-breathe =
    .in = Inspira, y cuenta hasta { $count }.
    .out = Suelta el aire despacio, y cuenta hasta { $count }.
moment-breathe-counted = Inspira: { $inward }. Suelta: { $outward }.
moment-alone =
    Diez minutos, con tu propio reloj. Antes no hay nada que decidir.
    No guardo nada de esto, así que no puedo volver a preguntar. Vuelve cuando quieras.
moment-still = Sigo aquí. ¿Cómo va ahora?
    .repeat = Quizá esto llegue dos veces.
moment-still-late = Sigo aquí. Quería preguntar a las { $time }. ¿Cómo va ahora?
    .nozone = Sigo aquí, más tarde de lo que dije. ¿Cómo va ahora?
moment-pull =
    .none = Ninguna
    .little = Un poco
    .some = Algunas
    .strong = Fuertes
    .very_strong = Muy fuertes
moment-not-yet = Ganas: { $pull }, y sigues aquí. Probemos otra cosa.
moment-easier = Las ganas: de { $before } a { $after }. ¿Qué ayudó?
    .now = Ganas ahora: { $after }. ¿Qué ayudó?
    .unsaid = Qué bien que sea más llevadero. ¿Qué ayudó?
    .other = Otra cosa
    .skip = No sé decir
moment-off = ¿Qué lo provocó? Solo si quieres.
    .feeling = Un sentimiento
    .body = El cuerpo
    .place = Un lugar o gente
    .thought = Un pensamiento
    .skip = Saltar
moment-noted = Anotado. Puede volver a oleadas. El botón sigue en su sitio.
    .plan = Un plan para la próxima
    .helps = Lo que ha ayudado
moment-health = Con calma: una breve lista de salud me deja proponer más.
moment-company = Siguen fuertes. Es el momento de tener compañía.
    .more = Una cosa más que hacer

health-button = Lista de salud
health = ¿Algo de esto vale para ti? Así dejo fuera lo que podría dañar. Pulsa lo que sea, y Listo.
    .none = Nada de esto
    .done = Listo
health-ticked = ✔ Sí: { $label }
health-thanks = Gracias. Desde ahora propongo solo lo que encaja con eso.
    .change = Cambiarla

whathelps = Lo que te ha ayudado hasta ahora:
    .again = Proponer de nuevo: { $name }
whathelps-none = Aún no hay nada anotado. Tras diez minutos pregunto qué ayudó.
whathelps-line = { $name }: ayudó { $helped } de { $of } veces
    .once = { $name }: una vez, y ayudó
    .never = { $name }: una vez, y no ayudó
whathelps-refused = Lo que dejo fuera porque lo dijiste. Un toque lo trae de vuelta:

slip =
    Gracias por decirlo. Nada se borra.
    ¿Mucho sueño, respiración lenta, dolor en el pecho, confusión? Pulsa Ayuda ya.
    Si no es así, primero algo pequeño. ¿Qué vendría bien?
    .support = Hablar con alguien
slip-phrases = tropiezo | un tropiezo | tuve un tropiezo | tropecé | recaí | he recaído | recaída | tuve una recaída | me tomé | me lo tomé | me tomé uno | me tomé algo | consumí | he consumido | volví a consumir | ya consumí | bebí | he bebido | volví a beber | fumé | caí otra vez | volví a caer | la cagué
command-slip = Pasó: lo que ayuda después

talk = Estas personas contestan. No hace falta que te conozcan, y ningún motivo es pequeño.
    .do = Algo que hacer
    .unnamed = Alguien que escucha
talk-line = { $name }: { $number }, { $hours }
    .short = { $name }: { $number }
talk-unchecked = No hemos comprobado estos números: alguno puede haber cambiado.
talk-anywhere = Líneas en muchos países: { $link }
talk-trusted = O alguien de confianza: basta un «¿Puedes hablar?».
talk-phrases = hablar con alguien | necesito hablar | necesito hablar con alguien | necesito a alguien | necesito apoyo | apoyo | me siento a solas | soledad
