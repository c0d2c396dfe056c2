using Tarn.DuckDb;

namespace Tarn.Delivery.Conversion;

/// <summary>
/// The DuckDB instance of conversions, one of which runs at a time: each uses all cores, and memory stays that of one.
/// </summary>
/// <param name="duckDb">Must not keep the order of rows on its own, and is disposed with this.</param>
/// <param name="workers">Threads that parse beside DuckDB's own.</param>
internal sealed class ConversionSlots(IDuckDb duckDb, int workers) : IDisposable
{
    private readonly SemaphoreSlim _free = new(1);

    /// <summary>Waits for the turn; disposing what it gives ends it.</summary>
    public async Task<Slot> TakeAsync(CancellationToken cancellation)
    {
        await _free.WaitAsync(cancellation).ConfigureAwait(false);
        return new Slot(this);
    }

    public void Dispose()
    {
        duckDb.Dispose();
        _free.Dispose();
    }

    /// <summary>The turn to convert.</summary>
    internal sealed class Slot(ConversionSlots slots) : IDisposable
    {
        public int Workers => slots.Workers;

        public IDuckDbSession OpenSession() => slots.DuckDb.OpenSession();

        public void Dispose() => slots._free.Release();
    }

    private int Workers => workers;

    private IDuckDb DuckDb => duckDb;
}
