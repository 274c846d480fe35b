import math
import torch
import torch.nn as nn

class BertSelfAttention(nn.Module):
	def __init__(self, config):
		super(BertSelfAttention, self).__init__()
		if config.hidden_size % config.num_attention_heads != 0:
			raise ValueError("hidden size is not a multiple of the number of heads")
		self.num_heads = config.num_attention_heads
		self.head_dim = config.hidden_size // config.num_attention_heads
		self.query = nn.Linear(config.hidden_size, config.hidden_size)
		self.key = nn.Linear(config.hidden_size, config.hidden_size)
		self.value = nn.Linear(config.hidden_size, config.hidden_size)
		self.dropout = nn.Dropout(config.attention_probs_dropout_prob)
		self.softmax = nn.Softmax(dim=3)

	def forward(self, hidden_states, attention_mask):
		b = hidden_states.size(0)
		n = hidden_states.size(1)
		# 1) linear + split
		Q = self.query(hidden_states).view(b, n, self.num_heads, self.head_dim).permute(0, 2, 1, 3)
		K = self.key(hidden_states).view(b, n, self.num_heads, self.head_dim).permute(0, 2, 1, 3)
		V = self.value(hidden_states).view(b, n, self.num_heads, self.head_dim).permute(0, 2, 1, 3)
		# 2) mask to [b, heads, n, n]: every row is the same mask over the keys
		mask = attention_mask.unsqueeze(1).repeat(1, n, 1)
		mask = mask.unsqueeze(1).repeat(1, self.num_heads, 1, 1)
		# 3) attention
		energy = torch.matmul(Q, K.permute(0, 1, 3, 2)) / math.sqrt(self.head_dim)
		energy = energy + mask
		attention = self.dropout(self.softmax(energy))
		x = torch.matmul(attention, V)
		# 4) concat
		x = x.permute(0, 2, 1, 3).contiguous()
		x = x.view(b, -1, self.num_heads * self.head_dim)
		return x
