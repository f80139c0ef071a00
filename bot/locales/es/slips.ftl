slip =
    Gracias por decirlo. Nada se borra.
    ¿Mucho sueño, respiración lenta, dolor en el pecho, confusión? Pulsa Ayuda ya.
    Si no es así, primero algo pequeño. ¿Qué vendría bien?
    .support = Hablar con alguien
slip-phrases = tropiezo | un tropiezo | tuve un tropiezo | tropecé | recaí | he recaído | recaída | tuve una recaída | me tomé | me lo tomé | me tomé uno | me tomé algo | consumí | he consumido | volví a consumir | ya consumí | bebí | he bebido | volví a beber | fumé | caí otra vez | volví a caer | la cagué
command-slip = Pasó: lo que ayuda después
