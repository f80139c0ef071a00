late-lock = Aquí estoy. Abre cuando puedas.
    .open = Abrir
late-said = Esta respuesta llega { $minutes } minutos tarde. El programa no estaba en marcha.
    .one = Esta respuesta llega un minuto tarde. El programa no estaba en marcha.
