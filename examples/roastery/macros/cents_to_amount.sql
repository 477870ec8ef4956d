{# Shop and tills count in cents; the marts speak in whole currency units. #}
{% macro cents_to_amount(column_name) -%}
    round({{ column_name }} / 100.0, 2)
{%- endmacro %}
