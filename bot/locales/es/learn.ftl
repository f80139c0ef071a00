learn-phrases = aprender | preguntas | respuestas | tengo una pregunta | tengo preguntas | qué es el kratom | explícame

learn = ¿Qué quieres saber? Respuestas cortas, cada una con sus fuentes.
learn-button = Preguntas y respuestas
learn-more = Seguir leyendo
learn-sources = Fuentes
learn-sources-are = Se apoya en:
learn-unreviewed = Ningún profesional de la salud lo ha revisado aún.
learn-reviewed = Lo ha revisado { $by }.
learn-all = Todas las preguntas
learn-care = Atención cerca de mí
learn-care-is = Dónde encontrar atención:
learn-care-finder = { $name }: { $link }
learn-care-line = Por teléfono: { $number }
learn-care-anywhere = Líneas en muchos países, también para encontrar atención: { $link }
learn-care-doctor = Tu centro de salud o una farmacia también pueden ser un primer paso.
learn-care-unchecked = No lo hemos comprobado: algo puede haber cambiado.
learn-care-another = Otro país
