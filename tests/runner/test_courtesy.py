"""A DataLoader that asks for workers loads in the process itself."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import torch
from torch.utils.data import DataLoader, Dataset, IterableDataset, TensorDataset, get_worker_info

from gradekit.runner.courtesy import loaders_without_workers

DATA = TensorDataset(torch.arange(10))


@pytest.fixture(autouse=True)
def patched(monkeypatch: pytest.MonkeyPatch) -> None:
    """Patch DataLoader for one test."""
    monkeypatch.setattr(DataLoader, "__init__", DataLoader.__init__)
    loaders_without_workers()


class WhoLoads(Dataset[bool]):
    """Says of each element whether a worker loads it."""

    def __len__(self) -> int:
        return 4

    def __getitem__(self, index: int) -> bool:
        return get_worker_info() is not None


def test_no_worker_is_started() -> None:
    """However many are asked for, by name or by position."""
    for loader in (
        DataLoader(WhoLoads(), batch_size=2, num_workers=2),
        DataLoader(WhoLoads(), 2, False, None, None, 2),
    ):
        assert loader.num_workers == 0
        assert not torch.cat(list(loader)).any()


def test_the_batches_are_those_that_workers_would_load() -> None:
    """Order, sizes and the seed's shuffling are as without workers."""
    for shuffle in (False, True):
        kept = []
        for workers in (0, 3):
            torch.manual_seed(1)
            loader = DataLoader(DATA, batch_size=4, shuffle=shuffle, num_workers=workers)
            kept.append([batch.tolist() for [batch] in loader])
        assert kept[0] == kept[1]


def test_options_that_only_workers_need_are_dropped() -> None:
    """A loader without workers would refuse them."""
    loader = DataLoader(
        DATA,
        batch_size=5,
        num_workers=2,
        prefetch_factor=4,
        persistent_workers=True,
        timeout=9,
        multiprocessing_context="fork",
    )
    assert len(list(loader)) == 2


def test_a_loader_without_workers_is_as_ever() -> None:
    """Its own words for what is wrong come through."""
    with pytest.raises(ValueError, match="prefetch_factor"):
        DataLoader(DATA, prefetch_factor=4)


def test_wrong_arguments_are_told_of_in_its_own_words() -> None:
    """What binds to no signature goes to DataLoader itself."""
    with pytest.raises(TypeError, match="unexpected keyword argument 'workers'"):
        DataLoader(DATA, workers=3)  # type: ignore[call-arg]  # what is tested


def test_a_subclass_asks_in_vain_too() -> None:
    """Its own constructor runs, and the batches come."""

    class Loader(DataLoader[tuple[torch.Tensor, ...]]):
        def __init__(self, size: int) -> None:
            super().__init__(DATA, batch_size=size, num_workers=2)

    assert [len(batch) for [batch] in Loader(5)] == [5, 5]


def test_a_dataset_that_splits_among_workers_gives_all() -> None:
    """Where nobody is a worker, one process gives everything once."""

    class Split(IterableDataset[int]):
        def __iter__(self) -> Iterator[int]:
            worker = get_worker_info()
            return iter(range(6) if worker is None else range(worker.id, 6, worker.num_workers))

    loaded = torch.cat(list(DataLoader(Split(), batch_size=2, num_workers=2)))
    assert loaded.tolist() == list(range(6))
