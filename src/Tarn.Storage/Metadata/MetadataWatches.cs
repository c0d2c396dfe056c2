namespace Tarn.Storage.Metadata;

/// <summary>The watches of a store, told of every batch before and after it. Thread-safe.</summary>
internal sealed class MetadataWatches
{
    private readonly Lock _gate = new();
    private readonly List<MetadataWatch> _watches = [];
    private readonly List<Batch> _underWay = [];

    /// <summary>Batches that have begun already count as changes under way.</summary>
    public MetadataWatch Add(string kind, string prefix)
    {
        var watch = new MetadataWatch(kind, prefix, Remove);
        lock (_gate)
        {
            _watches.Add(watch);
            foreach (var batch in _underWay)
            {
                batch.Tell(watch);
            }
        }

        return watch;
    }

    /// <summary>Call before the batch is handed to the database; dispose when it has returned.</summary>
    public IDisposable Begin(IReadOnlyList<MetadataChange> changes)
    {
        var batch = new Batch(this, changes);
        lock (_gate)
        {
            _underWay.Add(batch);
            foreach (var watch in _watches)
            {
                batch.Tell(watch);
            }
        }

        return batch;
    }

    private void Remove(MetadataWatch watch)
    {
        lock (_gate)
        {
            _watches.Remove(watch);
        }
    }

    private sealed class Batch(MetadataWatches owner, IReadOnlyList<MetadataChange> changes) : IDisposable
    {
        private readonly List<MetadataWatch> _told = [];

        public void Tell(MetadataWatch watch)
        {
            foreach (var change in changes)
            {
                if (watch.Concerns(change))
                {
                    watch.Begin();
                    _told.Add(watch);
                    return;
                }
            }
        }

        public void Dispose()
        {
            lock (owner._gate)
            {
                owner._underWay.Remove(this);
                foreach (var watch in _told)
                {
                    watch.End();
                }
            }
        }
    }
}
