"""Small sources: what each style changes, and what it must leave alone."""

from __future__ import annotations

__all__ = ["DOUBTS", "SOURCES"]

ROWS = [[1.0, 2.0], [3.0, -4.0]]

# Style -> a source that it changes; every source defines run(x) for a number x.
SOURCES = {
    "rename-locals": """
def run(x):
    total = x + 1
    double = dict(total=total, other=2)
    total += len(double)
    return total
""",
    "swap-statements": """
import math
def run(x):
    a = math.exp(0.1)
    b = x * 2.5
    return a - b
""",
    "name-a-subexpression": """
import math
def run(x):
    y = (math.exp(x / 10) + x
         * 2) - x
    return (y+1)*2
""",
    "inline-return": """
def halve(x):
    y = x / 2
    return y
def run(x):
    return halve(x) - 1
""",
    "commute": """
import math
def run(x):
    z = 1 / (1 + math.exp(-x / 9))
    return z * x + (1 - z) * 3 - x / 2 * 4.0
""",
    "matmul-spelling": f"""
import numpy as np
def run(x):
    a = np.ones((2, 2)) * x
    return (np.matmul(a, np.eye(2)) @ np.asarray({ROWS})).tolist()
""",
    "helper-function": """
class Cell:
    def step(self, x, scale=2):
        if x > 3:
            return x
        return x * scale
def run(x):
    return Cell().step(x), Cell().step(x, 5), Cell().step(x=x)
""",
    "loop-style": """
def run(x):
    seen = []
    for i in range(abs(x)):
        for j in range(i):
            seen.append(i * j)
    return seen
""",
    "list-style": """
def run(x):
    xs = []
    xs.append((x, 1))
    xs.append(x)
    return xs
""",
    "comments-prints": """
class Cell:
    def step(self, x, y):
        \"\"\"Add.\"\"\"
        return x + y
def run(x):
    return Cell().step(x, y=2)
""",
    "square-as-product": """
class Cell:
    side = 3
def run(x):
    return -x ** 2 / Cell.side ** 2
""",
    "conditional-style": """
def run(x):
    if not (x > 2
            and x < 9):
        return "out"
    else:
        return "in"
""",
    "device-moves": """
import torch
def run(x):
    return forward(torch.full((2, 3), x / 2)).tolist()
def forward(x):
    \"\"\"Add the column.\"\"\"
    rows = x.shape[0]
    column = torch.ones(rows, 1)
    return x + column
""",
    "types": """
import torch
def run(x):
    return forward(torch.ones(2, 3) * x, torch.ones(3, 3)).tolist()
def forward(x, w):
    y = x @ w
    return y + torch.zeros(x.size(0), 1)
""",
    "copied-storage": """
import torch
def run(x):
    a = torch.ones(2, 3) * x
    b = torch.transpose(a, 0, 1) + a.t()
    return (b @ a).permute(1, 0).tolist()
""",
    "tensor-spelling": """
import torch
def run(x):
    a = torch.ones(2, 3) * x
    b = torch.cat((torch.exp(a - 1), a.tanh()), 1) - torch.stack([a], dim=0).mean(0).mean()
    b = b - a.sum(dim=-1, keepdim=True) + torch.softmax(a, dim=1).sum(1)[None].sum()
    return (a + a).sigmoid().unsqueeze(0).softmax(2).tolist(), b.tolist()
""",
    "imports": """
import numpy as np
def run(x, np_like=None):
    return dict(np=np.sqrt(np.abs(x)))
""",
    "class-style": """
class Cell:
    def __init__(self, x):
        self.x = x
def run(x):
    return Cell(x).x
""",
}

# Name of the doubt -> a style and a source in which it may change nothing.
DOUBTS = {
    "local_in_a_closure": (
        "rename-locals",
        "def run(x):\n    y = x\n    return lambda: y\n",
    ),
    "local_in_a_comprehension": (
        "rename-locals",
        "def run(x):\n    y = x\n    return [y for _ in x]\n",
    ),
    "local_in_an_f_string": (
        "rename-locals",
        'def run(x):\n    y = x\n    return f"{y=}"\n',
    ),
    "program_that_looks_at_itself": (
        "rename-locals",
        "def run(x):\n    y = x\n    return locals()\n",
    ),
    "global_variable": (
        "rename-locals",
        "y = 1\ndef run(x):\n    global y\n    y = x\n",
    ),
    "sum_of_lists": ("commute", "def run(x):\n    return x + x\n"),
    "sum_of_list_products": ("commute", "def run(x):\n    return [0] * x + [1] * x\n"),
    "draws_in_a_sum": (
        "commute",
        "import torch\ndef run(x):\n    return torch.randn(2) - 1 + torch.rand(2)\n",
    ),
    "effects_in_a_sum": ("commute", "def run(x):\n    return x.pop() * x.pop()\n"),
    "matrix_class": (
        "commute",
        "import numpy as np\ndef run(x):\n    return np.matrix(x) * x\n",
    ),
    "operators_of_ones_own": (
        "commute",
        "class A:\n    def __mul__(self, x):\n        pass\n\ndef run(a, b):\n    return a * b\n",
    ),
    "draws_in_sequence": (
        "swap-statements",
        "import torch\ndef run():\n    a = torch.rand(2)\n    b = torch.ones(2)\n    return a, b\n",
    ),
    "second_reads_the_first": (
        "swap-statements",
        "def run(x):\n    a = x\n    b = a + 1\n    return a, b\n",
    ),
    "second_overwrites_what_the_first_reads": (
        "swap-statements",
        "def run(x):\n    a = x\n    x = 1\n    return a, x\n",
    ),
    "writing_to_out": (
        "swap-statements",
        "import numpy as np\ndef run(x):\n    a = np.exp(x, x)\n    b = x + 1\n    return a, b\n",
    ),
    "later_operand": (
        "name-a-subexpression",
        "def run(f):\n    y = f[0] + f.g(1)\n",
    ),
    "constructor_before_its_argument": (
        "name-a-subexpression",
        "from torch import nn\ndef run(x):\n    y = x.layer(x.draw())\n",
    ),
    "lists_for_matmul": (
        "matmul-spelling",
        "import numpy as np\ndef run(a, b):\n    return np.matmul(a, b)\n",
    ),
    "two_libraries": (
        "matmul-spelling",
        "import torch\nimport numpy as np\ndef run(a, b):\n    return a @ b\n",
    ),
    "generator_method": (
        "helper-function",
        "class A:\n    def m(self):\n        yield 1\n",
    ),
    "super_without_arguments": (
        "helper-function",
        "class A:\n    def m(self):\n        return super().m()\n",
    ),
    "constructor": ("helper-function", "class A:\n    def __init__(self):\n        self.x = 1\n"),
    "list_given_from_outside": ("list-style", "def run(xs):\n    xs.append(1)\n"),
    "generator_appended": (
        "list-style",
        "def run(x):\n    xs = []\n    xs.append(y for y in x)\n    return xs\n",
    ),
    "square_of_a_mask": (
        "square-as-product",
        "def run(x):\n    mask = x > 0\n    return mask ** 2\n",
    ),
    "elif": (
        "conditional-style",
        "def run(x):\n    if x:\n        return 1\n    elif x is None:\n        return 2\n",
    ),
    "tensor_or_nothing": (
        "device-moves",
        "import torch\ndef run(x, h):\n    if h is None:\n        h = x\n    return h.size(0)\n",
    ),
    "tensor_in_one_branch": (
        "device-moves",
        "import torch\ndef run(x, first):\n    if first:\n        return 1\n    return x.size(0)\n",
    ),
    "array_or_tensor": (
        "device-moves",
        "import torch\nimport numpy as np\ndef run(x):\n    return x.shape, np.exp(x)\n",
    ),
    "parameter_changed_in_place": (
        "device-moves",
        "import torch\ndef run(x):\n    n = x.size(0)\n    x[0] = n\n    return x\n",
    ),
    "zeros_with_a_device": (
        "device-moves",
        (
            "import torch\ndef run(x):\n    x[0] = x.size(0)\n"
            "    return torch.zeros(2, device=x.device)\n"
        ),
    ),
    "zeros_with_a_type": (
        "types",
        "import torch\ndef run(x, w):\n    return x @ w + torch.zeros(2, dtype=torch.long)\n",
    ),
    "zeros_beside_a_tensor_that_may_count": (
        "types",
        "import torch\ndef run(x):\n    return torch.zeros(x.size(0))\n",
    ),
    "zeros_beside_other_floats": (
        "types",
        "import torch\ndef run(x, w):\n    return x @ w, torch.zeros(2, 2) @ torch.eye(2)\n",
    ),
    "view_that_is_written_to": (
        "copied-storage",
        "import torch\ndef run(x):\n    y = x.transpose(0, 1)\n    y[0] = 1\n    return x\n",
    ),
    "view_that_is_written_to_elsewhere": (
        "copied-storage",
        (
            "import torch\ndef run(x):\n    return fill(x.transpose(0, 1))\n"
            "def fill(x):\n    x.zero_()\n"
        ),
    ),
    "array_transposed": (
        "copied-storage",
        "import torch\nimport numpy as np\ndef run(x):\n    return x.transpose(0, 1)\n",
    ),
    "functions_of_numpy": (
        "tensor-spelling",
        (
            "import torch\nimport numpy as np\ndef run(x):\n"
            "    return np.exp(x) + np.mean(x, 1) + x.mean(1) + x[None]\n"
        ),
    ),
    "softmax_of_ones_own": (
        "tensor-spelling",
        (
            "import torch\nclass A:\n    def softmax(self, dim):\n        return dim\n"
            "    def run(self):\n        return self.softmax(dim=1)\n"
        ),
    ),
    "softmax_with_a_type": (
        "tensor-spelling",
        "import torch\ndef run(x):\n    return torch.softmax(x, 1, torch.float64)\n",
    ),
    "new_axis_of_a_target": (
        "tensor-spelling",
        "import torch\ndef run(x):\n    x[None] = 1\n    x[None] += 1\n",
    ),
    "mapping_with_a_key_none": (
        "tensor-spelling",
        "import torch\ndef run():\n    x = {None: 1}\n    return x[None]\n",
    ),
    "np_bound_twice": (
        "imports",
        "import numpy as np\ndef run(np):\n    return np\n",
    ),
}
