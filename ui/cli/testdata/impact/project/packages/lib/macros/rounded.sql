{% macro rounded(x) %}round({{ x }}, 2){% endmacro %}
