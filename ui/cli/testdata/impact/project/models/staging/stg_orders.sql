select id, amount, country from {{ source('raw', 'orders') }}
