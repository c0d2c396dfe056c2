using Tarn.DuckDb.JsonBlocks;

namespace Tarn.Delivery.Conversion;

/// <summary>A spool's payloads, for the table that DuckDB reads.</summary>
internal sealed class SpoolSource(string path, int recordsMax) : IPayloadSource
{
    private readonly SpoolReader _reader = new(path, recordsMax);

    public PayloadBlock MakeBlock() => new SpoolBlock();

    public bool TryRead(PayloadBlock block) => _reader.TryRead((SpoolBlock)block);

    public void Dispose() => _reader.Dispose();
}
