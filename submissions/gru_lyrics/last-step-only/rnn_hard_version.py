import torch, torch.nn as nn
class GRU(nn.Module):
    def __init__(s,num_inputs,num_hiddens):
        super().__init__(); s.a=nn.Linear(num_inputs,3*num_hiddens); s.b=nn.Linear(num_hiddens,3*num_hiddens)
    def forward(s,inputs,state):
        h,o=state[0],[]
        for x in s.a(inputs).unbind(1):
            (r,z,n),(R,Z,N)=x.chunk(3,-1),s.b(h).chunk(3,-1)
            z=(z+Z).sigmoid(); h=z*h+(1-z)*(n+(r+R).sigmoid()*N).tanh(); o+=[h]
        return torch.stack(o,1),h[None]
class Sequence_Modeling(nn.Module):
    def __init__(s,vocab_size,embedding_size,num_outputs,hidden_size):
        super().__init__(); s.emb_layer=nn.Embedding(vocab_size,embedding_size); s.gru_layer=GRU(embedding_size,hidden_size); s.linear=nn.Linear(hidden_size,num_outputs)
    def forward(s,sent,state):
        y,h=s.gru_layer(s.emb_layer(sent),state); return s.linear(h[0]),h
