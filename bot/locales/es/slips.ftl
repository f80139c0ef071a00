slip-phrases = tropiezo | un tropiezo | tuve un tropiezo | tropecé | recaí | he recaído | recaída | tuve una recaída | me tomé | me lo tomé | me tomé uno | me tomé algo | consumí | he consumido | volví a consumir | ya consumí | bebí | he bebido | volví a beber | fumé | caí otra vez | volví a caer | la cagué
command-slip = Pasó: lo que ayuda después

slip =
    Gracias por decirlo. Nada se borra.
    Primero, por tu seguridad: ¿pasa ahora mismo algo de esto?
    Mezcla con alcohol, pastillas u opioides. Mucho sueño. Respiración lenta. Dolor en el pecho. Confusión.
    .unsafe = Sí, algo de esto, o no lo sé
    .safe = No, nada de esto
slip-talk = Hablar con alguien
slip-skip = Saltar
slip-aid =
    Tras varios días de alcohol o pastillas: no pares de golpe por tu cuenta. Con ayuda médica es más seguro.
    ¿Qué vendría bien ahora?
    .do = Algo que hacer
    .note = Apuntarlo

slip-medicine = Tomar la medicación como te la recetaron no es consumir.
slip-when = ¿Cuándo fue?
    .now = Ahora mismo
    .today = Hoy, más temprano
    .before = Antes de hoy
    .days = Ya van varios días
slip-which = ¿Cuál fue?
    .own = Otra cosa…
slip-own = ¿Qué fue, en una o dos palabras? Quedan bajo llave.

slip-help = ¿Qué vendría bien ahora?
    .steps = Tres pasos
    .tell = Contárselo a alguien
    .what = Qué pasó: un minuto
    .note = Solo apuntarlo
    .back = Qué más ayuda
slip-steps-careful =
    Tres pasos, y antes ayuda médica.
    1 No pares de golpe por tu cuenta. Llama hoy a una consulta o centro de salud.
    2 Agua, algo pequeño de comer, un sitio donde descansar.
    3 Alguien contigo. Temblores, convulsiones, ver cosas: pulsa Ayuda ya.
slip-tell =
    Nadie se entera de esto si tú no lo envías.
    Bastan pocas palabras: «{ $words }»
    .words = Pasó algo. ¿Puedes hablar?
    .copy = Copiar estas palabras

slip-where = ¿Dónde fue? Toca uno, o escríbelo.
    .home = En casa
    .work = En el trabajo o clase
    .shop = En una tienda o bar
    .friends = En casa de alguien
    .outside = En la calle, de camino
slip-cause = ¿Qué hubo antes? Toca uno, o escríbelo.
    .feeling = Un sentimiento
    .body = El cuerpo
    .place = Un lugar o gente
    .thought = Un pensamiento
slip-cause-which = ¿Cuál se acerca más? También sirven tus palabras.
    .again = Otro grupo
slip-thought = ¿Qué te pasó por la cabeza? Escríbelo tal como vino. Queda bajo llave.
slip-debriefed = Gracias. Queda escrito.
    .next = ¿Un plan pequeño, por si vuelve?
    .plan = Hacer un plan para eso
    .note = Apuntarlo

slip-noted = Apuntado. No borra nada.
    .cutting = Apuntado. Vas reduciendo, y eso sigue. Un día distinto no quita nada.
    .not_yet = Apuntado. No has puesto fecha, y no se cuenta nada.
    .medicine = Apuntado. Tomar la medicación como te la recetaron no es consumir.
    .count = Que valga como nota de hoy
    .counted = Consta en la nota de ese día.
slip-days = Apuntado. { $parts }: siguen siendo tuyos.
    .one = Apuntado. 1 día hasta ahora, y sigue siendo tuyo.
    .many = { $days } días hasta ahora
    .quarter = { $days } este trimestre
    .longest = tramo más largo de { $days }
slip-date = Tu fecha de inicio es el { $day }. Tú decides.
    .leave = Dejarla
    .change = Cambiarla
    .none = No contar días
slip-closer = ¿Pregunto un poco más a menudo durante tres días?
    .yes = Sí
    .morning = Solo mañana por la mañana
    .no = No
slip-undo = Pulsé sin querer
    .medicine = Era mi medicación
    .done = Deshecho. No queda nada guardado de eso.
    .late = Eso se contó hace más de un día, y queda como está.
