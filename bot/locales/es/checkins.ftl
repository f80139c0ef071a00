checkin-button = ¿Cómo voy?
checkin-phrases = como voy | cómo estoy | mi nota
command-checkin = La nota de hoy, o cambiarla
command-next = Qué viene, cuándo, por qué; pausa

checkin-note =
    .morning = Tu nota de la mañana.
    .afternoon = Tu nota de la tarde.
    .evening = Tu nota de la noche.
    .night = Tu nota de esta noche.
checkin-note-plain =
    .morning = Tu pregunta diaria de la mañana.
    .afternoon = Tu pregunta diaria de la tarde.
    .evening = Tu pregunta diaria de la noche.
    .night = Tu pregunta diaria de esta noche.
checkin-note-late = { $note } Era para las { $time } y llega tarde.
checkin-rest = También, de antes: { $lines }
checkin-nudge = Aquí sigo, por si te apetece. Si hoy no, también está bien.
    .open = Abrir
    .skip = Hoy no

checkin-mood = ¿Qué tal ahora mismo?
    .very_low = 😞 Muy mal
    .low = 😕 Mal
    .so_so = 😐 Regular
    .all_right = 🙂 Bien
    .good = 😄 Muy bien
checkin-mood-then = ¿Qué tal fue?
checkin-mood-said =
    .very_low = muy mal
    .low = mal
    .so_so = regular
    .all_right = bien
    .good = muy bien
checkin-pull = ¿Qué fuerza tienen las ganas? 0 es ninguna, 10 la mayor.
    .none = Ninguna
    .little = Un poco
    .some = Algunas
    .strong = Fuertes
    .very_strong = Muy fuertes
checkin-pull-then = ¿Qué fuerza tenían las ganas? 0 es ninguna, 10 la mayor.
checkin-pull-said = ganas { $pull }
checkin-words = En palabras
checkin-numbers = En números
checkin-used =
    ¿Consumiste desde ayer?
    La medicación como te la recetaron no cuenta.
    .no = No
    .yes = Sí
    .skipped = Saltar
checkin-used-then =
    ¿Consumiste ese día?
    La medicación como te la recetaron no cuenta.
checkin-used-said =
    .no = sin consumo
    .yes = con consumo
    .skipped = lo demás, saltado
checkin-used-kindly =
    Gracias por decirlo. Nada se borra.
    ¿Mucho sueño, respiración lenta, dolor en el pecho, confusión? Pulsa Ayuda ya.
    ¿Qué vendría bien?
checkin-which = ¿Cuál fue?
    .kratom_leaf = Hoja de kratom
    .kratom_extract = Extracto o 7-OH
    .alcohol = Alcohol
    .opioids = Opioides
    .benzodiazepines = Benzodiacepinas
    .stimulants = Estimulantes
    .cannabis = Cannabis
    .nicotine = Nicotina
    .other = Otra cosa
checkin-planned = ¿El día fue como lo habías pensado?
    .yes = Sí
    .partly = En parte
    .no = No
    .skipped = Saltar
checkin-planned-then = ¿Ese día fue como lo habías pensado?
checkin-planned-said =
    .yes = según lo pensado
    .partly = en parte según lo pensado
    .no = distinto de lo pensado
    .skipped = lo demás, saltado

checkin-noted = Anotado: { $answers }.
checkin-skipped = Saltado. No cuenta para nada, ni bien ni mal.
checkin-strong = Son fuertes. Hay algo que hacer ahora mismo.
checkin-change = Cambiar una respuesta
checkin-halt = ¿Hay algo de esto?
    .hungry = Hambre
    .angry = Enfado
    .lonely = Soledad
    .tired = Cansancio
    .none = Nada de eso
checkin-halt-step =
    .hungry = Hambre. ¿Y si comes algo pequeño ahora?
    .angry = Enfado. ¿Un paseo rápido antes de contestar a nadie?
    .lonely = Soledad. ¿Y si le escribes una línea a alguien?
    .tired = Cansancio. ¿Puede ser más ligera la próxima hora?

checkin-plan = ¿Algo pequeño para mañana?
    .walk = Diez minutos al aire
    .write = Escribir a alguien
    .breakfast = Desayunar con calma
    .bed = A la cama una hora antes
    .enjoy = Algo que me gusta
    .quiet = Diez minutos de calma
    .busy = Llenar la hora difícil
    .tidy = Ordenar un rincón
    .own = Con mis palabras…
    .none = Sin plan
checkin-plan-own = ¿Qué es, en pocas palabras?
checkin-plan-long = Más corto, por favor: hasta 60 letras.
checkin-plan-taken = Para mañana: { $plan }.
checkin-plan-none = Sin plan. Está bien así.

checkin-support = Necesito apoyo
    .asked = ¿Qué ayudaría ahora? Nadie recibe nada.
    .something = Algo que hacer
    .talk = Hablar con alguien
    .numbers = Números

checkin-later = Luego
    .when = ¿Cuándo vuelvo a preguntar?
    .in30 = En 30 minutos
    .in60 = En 1 hora
    .in120 = En 2 horas
    .skip = Hoy no
    .now = Ahora
checkin-later-promised = Vuelvo a preguntar a las { $time }.
checkin-undo-nothing = No hay ninguna respuesta que deshacer.
checkin-then = Esto es sobre el { $day }.

checkin-quiet =
    Una nota corta.
    Por ahora escribo cada dos días. No se pierde nada.
    .before = Como antes
    .pause = Pausa
checkin-last =
    Una última nota por ahora.
    Dejo de escribir aquí. Con un toque vuelve todo.
    .here = Aquí sigo
    .erase = Borrar todo
checkin-back = Qué bien verte por aquí. No hay nada que recuperar.
checkin-date = Tu fecha es el { $day }. ¿Sigue bien?
    .yes = Sí
    .change = Cambiarla
    .none = No contar días
checkin-date-ask = ¿Qué día es? Toca uno, o escríbelo así: 3.3.2026.
    .ago0 = Hoy
    .ago1 = Ayer
    .ago2 = Hace 2 días
checkin-date-unknown = No lo leo como un día. Escríbelo así: 3.3.2026.
checkin-date-kept = Tu fecha es el { $day }.
checkin-date-year = { $day } de { $year }
checkin-date-none = No cuento tus días.

checkin-hour = ¿Cuándo te pregunto qué tal? Toca una hora, o escríbela.
checkin-hour-unknown = No lo leo como una hora. Escríbela así: 20:15 u 8:15 pm.
checkin-next =
    .today = Hoy a las { $time } te pregunto qué tal.
    .tomorrow = Mañana a las { $time } te pregunto qué tal.
    .later = { $when }: te pregunto qué tal.

checkin-times-button = Horas
checkin-times = Pregunto a las { $times }.
    .set = Cambiar { $time }
    .drop = Quitar { $time }
    .add = Una hora más
    .days = Días
    .quiet = Horas de silencio
    .used-on = Preguntar por el consumo: sí
    .used-off = Preguntar por el consumo: no
    .done = Hecho
checkin-times-none = Todavía no pregunto por mi cuenta.
checkin-times-days = ¿Qué días pregunto?
checkin-times-quiet = ¿Entre qué horas no llega nada que no hayas puesto?
checkin-quiet-hours = Silencio de { $between }
    .between = { $start } a { $end }
    .never = Nunca en silencio
    .none = Sin horas de silencio
checkin-and = { $first } y { $last }
checkin-summary = nota { $times }
    .quiet = silencio de { $between }
    .awake = sin horas de silencio
checkin-every =
    .d1 = Todos los días
    .d2 = Cada dos días
    .d7 = Una vez por semana
checkin-day =
    .today = Hoy
    .tomorrow = Mañana

checkin-pause = ¿Cuánto tiempo? La ayuda contesta igual.
    .day = Un día
    .week = Una semana
    .write = Hasta que escriba
    .end = Seguir ahora
checkin-paused = Nada llega por sí solo hasta entonces: { $when }.
checkin-paused-writing = Nada llega por sí solo hasta que escribas.
pause-phrases = pausa | un descanso

next-phrases = qué viene | que viene | lo próximo
next-now = Para ti son las { $time }, hora de { $city }.
next-noted = Hoy: apuntado.
next-line = { $when }: { $note }, { $why }
next-note =
    .morning = nota de la mañana
    .afternoon = nota de la tarde
    .evening = nota de la noche
    .night = nota de esta noche
    .later = la nota aplazada
next-why = porque elegiste las { $time }
next-why-later = porque dijiste luego
next-nothing = No hay nada previsto. Con Más vuelvo a preguntar.
next-button =
    .fewer = Menos
    .more = Más
    .pause = Pausa…
    .travel = Estoy de viaje
    .yesterday = Rellenar ayer
