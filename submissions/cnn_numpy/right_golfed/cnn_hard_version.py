import numpy as np
def corr2d(X,K):
 h,w=K.shape[2:];a,b=X.shape[2]-h+1,X.shape[3]-w+1
 return sum(np.rollaxis(np.tensordot(X[:,:,i:i+a,j:j+b],K[:,:,i,j],((1,),(1,))),3,1)for i in range(h)for j in range(w))
class Conv2D:
 def __init__(s,out_channels,in_channels,kernel_size):s.weight=np.random.randn(out_channels,in_channels,*kernel_size);s.bias=np.zeros(out_channels)
 def forward_np(s,X):return corr2d(X,s.weight)+s.bias[:,None,None]
class MaxPool2D:
 def __init__(s,pool_size):s.p,s.q=pool_size
 forward_np=lambda s,X:np.max([X[:,:,i:X.shape[2]//s.p*s.p:s.p,j:X.shape[3]//s.q*s.q:s.q]for i in range(s.p)for j in range(s.q)],0)
class linear:
 def __init__(s,num_outputs,num_inputs):s.weight=np.random.randn(num_inputs,num_outputs);s.bias=np.zeros(num_outputs)
 forward_np=lambda s,X:X@s.weight+s.bias
