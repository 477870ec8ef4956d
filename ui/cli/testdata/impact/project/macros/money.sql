{% macro money(x) %}{{ cents(x) }} / 100{% endmacro %}

{% macro cents(x) %}cast({{ x }} as numeric){% endmacro %}

{% macro idle(x) %}{{ x }}{% endmacro %}
