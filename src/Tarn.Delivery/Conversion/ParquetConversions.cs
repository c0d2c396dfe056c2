using Tarn.Catalog.Tables;
using Tarn.DuckDb;
using Tarn.Storage.Objects;

namespace Tarn.Delivery.Conversion;

/// <summary>
/// Conversions to Parquet, on a DuckDB instance of their own that reaches the staging directory and nothing else.
/// </summary>
internal sealed class ParquetConversions : IRecordConversions, IDisposable
{
    private readonly ConversionSlots _slots;

    public ParquetConversions(IObjectStore store, DeliveryOptions options)
    {
        var duckDb = DuckDbInstance.Open(new DuckDbOptions
        {
            AllowedDirectories = [store.StagingDirectory],
            TempDirectory = Path.Combine(store.StagingDirectory, "delivery-spill"),
            MemoryBytesMax = options.ConversionMemoryBytesMax,
            CountsReads = false,

            // The rows come from one thread, in order; to keep it as well would rule out row groups by bytes.
            PreservesOrder = false,
        });
        _slots = new ConversionSlots(duckDb, Environment.ProcessorCount);
    }

    public IRecordConversion Open(FormatConversion settings, Table table) =>
        new ParquetConversion(settings, table, _slots);

    public void Dispose() => _slots.Dispose();
}
