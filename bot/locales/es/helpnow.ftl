help-button = Ayuda ya
help-phrases = ayuda ya | ayuda | auxilio | socorro | ayúdame | pánico | emergencia | urgencia
command-helpnow = Números y personas, ahora mismo

help-numbers = { $country }. No hemos comprobado estos números: alguno puede haber cambiado.
help-numbers-dated = { $country }. Junto a cada número: cuándo lo comprobamos.
help-checked = comprobado en { $month }
help-unchecked = sin comprobar
help-check-again = comprueba este número
help-danger = Peligro, o alguien que no despierta: { $number }
help-crisis = Si piensas en quitarte la vida, o ya no puedes más: { $number }, { $hours }
help-kind-poison = Si tomaste demasiado, o no lo sabes: { $number }
help-kind-drug = Drogas o alcohol: { $number }
help-kind-text = Por mensaje: { $number }
help-kind-violence = Si alguien te asusta o te hace daño: { $number }
help-kind-youth = Para jóvenes: { $number }
help-kind-family = Para familias: { $number }
help-kind-warm = Para que te escuchen: { $number }
help-program = Soy un programa. Ninguna persona lee esto al momento.
help-find = Alguien con quien hablar, en muchos países: { $link }
help-emergency-anywhere = 112 o 911

help-unwakeable = Alguien no despierta
help-copy = Copiar { $number }
help-people = Mi gente
help-craving = Son ganas
help-go-back = Volver a donde estaba
help-another = Otro país
help-more = Más países
help-took = Soy yo, tomé demasiado
help-awake = Ya despertó: qué hago

help-anywhere = El 112 o el 911 funcionan en muchos países. Elige el tuyo:
help-choose = ¿En qué país estás?

hours-always = día y noche
hours-office = en horario de oficina
hours-limited = algunas horas al día
hours-unknown = horario desconocido
