select cards.card_id, cards.joined_on, sales.store_code, count(distinct sales.ticket_id) as visits
from ops_scratch.loyalty_cards as cards
join analytics_core.fct_pos_sales as sales on sales.ticket_id = any(cards.ticket_ids)
group by cards.card_id, cards.joined_on, sales.store_code
