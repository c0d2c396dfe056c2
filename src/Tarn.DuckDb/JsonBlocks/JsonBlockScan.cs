using Tarn.DuckDb.NativeTables;

namespace Tarn.DuckDb.JsonBlocks;

/// <summary>
/// The one pass over a source. Blocks go round between the workers and DuckDB's thread:
/// <code>
/// idle -> filled from the source, which gives it its number -> parsed -> ring, at its number -> rows read -> idle
/// </code>
/// The ring is read in the order of the numbers. When the next block is not there yet, DuckDB's thread parses one
/// itself if one is idle, so that it never waits for a pool that is busy elsewhere.
/// </summary>
internal sealed class JsonBlockScan : IBlockScan
{
    private readonly IPayloadSource _source;
    private readonly Action<PayloadBlock, int, Refusal> _refused;
    private readonly SortedSet<string> _unknown;
    private readonly int _workersMax;
    private readonly CancellationToken _cancellation;
    private readonly JsonBlock[] _blocks;

    /// <summary>Held while a block is filled.</summary>
    private readonly Lock _sourceGate = new();

    /// <summary>Guards what follows, and is pulsed when it changes.</summary>
    private readonly object _gate = new();
    private readonly Stack<JsonBlock> _idle;
    private readonly JsonBlock?[] _ring;
    private int _workers;
    private bool _isStopped;
    private long _filled;
    private bool _isAtEnd;

    // Of DuckDB's thread.
    private long _next;
    private JsonBlock? _current;
    private int _row;

    public JsonBlockScan(
        IPayloadSource source,
        Func<JsonBlock> makeBlock,
        Action<PayloadBlock, int, Refusal> refused,
        SortedSet<string> unknown,
        int workers,
        CancellationToken cancellation)
    {
        _source = source;
        _refused = refused;
        _unknown = unknown;
        _workersMax = workers;
        _cancellation = cancellation;
        _blocks = [.. Enumerable.Range(0, workers + 2).Select(_ => makeBlock())];
        _idle = new Stack<JsonBlock>(_blocks);
        _ring = new JsonBlock?[_blocks.Length];
        lock (_gate)
        {
            StartWorkers();
        }
    }

    public ColumnSlice Next(int rowsMax)
    {
        while (_current is null || _row == _current.Rows)
        {
            GiveBack();
            _cancellation.ThrowIfCancellationRequested();
            if (Take() is not { } block)
            {
                return default;
            }

            Begin(block);
        }

        var slice = new ColumnSlice(_current.Columns, _row, Math.Min(rowsMax, _current.Rows - _row));
        _row += slice.Count;
        return slice;
    }

    public int Fill(ColumnWriter writer) => throw new InvalidOperationException("the scan is read in blocks");

    /// <summary>Waits for the workers, each of which ends with the block that it has.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isStopped = true;
            while (_workers > 0)
            {
                Monitor.Wait(_gate);
            }
        }

        foreach (var block in _blocks)
        {
            _unknown.UnionWith(block.UnknownNames);
        }

        _source.Dispose();
    }

    private void Begin(JsonBlock block)
    {
        (_current, _row) = (block, 0);
        if (block.Failure is { } failure)
        {
            throw failure;
        }

        foreach (var (index, refusal) in block.Refusals)
        {
            _refused(block.Payloads, index, refusal);
        }
    }

    /// <summary>DuckDB asks for more rows, so it has done with those it was given.</summary>
    private void GiveBack()
    {
        if (_current is not { } block)
        {
            return;
        }

        _current = null;
        lock (_gate)
        {
            _idle.Push(block);
            StartWorkers();
        }
    }

    /// <summary>The next block, or null at the end.</summary>
    private JsonBlock? Take()
    {
        while (true)
        {
            JsonBlock? idle = null;
            lock (_gate)
            {
                ref var place = ref _ring[_next % _ring.Length];
                if (place is { } block)
                {
                    place = null;
                    _next++;
                    return block;
                }

                if (_isAtEnd && _next == _filled)
                {
                    return null;
                }

                if (_isAtEnd || !_idle.TryPop(out idle))
                {
                    Monitor.Wait(_gate);
                    continue;
                }
            }

            Run(idle);
        }
    }

    private void StartWorkers()
    {
        for (; _workers < _workersMax && !_isAtEnd && !_isStopped && _workers < _idle.Count; _workers++)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static scan => scan.Work(), this, preferLocal: false);
        }
    }

    private void Work()
    {
        while (true)
        {
            JsonBlock? idle;
            lock (_gate)
            {
                if (_isStopped || _isAtEnd || !_idle.TryPop(out idle))
                {
                    _workers--;
                    Monitor.PulseAll(_gate);
                    return;
                }
            }

            Run(idle);
        }
    }

    /// <summary>Fills and parses a block and puts it in its place; back to the idle ones at the end.</summary>
    private void Run(JsonBlock block)
    {
        var number = Fill(block);
        if (number >= 0 && block.Failure is null)
        {
            try
            {
                block.Parse();
            }
            catch (Exception exception)
            {
                block.Failure = exception;
            }
        }

        lock (_gate)
        {
            if (number >= 0)
            {
                _ring[number % _ring.Length] = block;
            }
            else
            {
                _idle.Push(block);
            }

            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>The block's number, or -1 at the end. A source that fails ends with that.</summary>
    private long Fill(JsonBlock block)
    {
        lock (_sourceGate)
        {
            if (_isAtEnd)
            {
                return -1;
            }

            var isFilled = true;
            try
            {
                isFilled = _source.TryRead(block.Payloads);
            }
            catch (Exception exception)
            {
                block.Failure = exception;
            }

            lock (_gate)
            {
                _isAtEnd = !isFilled || block.Failure is not null;
                return isFilled ? _filled++ : -1;
            }
        }
    }
}
