{{ config(persist_docs={'relation': true}) }}
select country, sum(amount) as revenue from {{ ref('fct_orders') }} join {{ ref('countries') }} using (country) group by 1
