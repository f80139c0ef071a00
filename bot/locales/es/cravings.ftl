hard-button = Momento difícil
hard-phrases = momento difícil | ganas | tengo ganas | ansias | antojo | antojos | craving | quiero consumir | disparador
hard-moment = Es un momento difícil, y pulsaste. { $title }.
    .other = Otra cosa
command-trigger = Un momento difícil: algo que hacer ya
