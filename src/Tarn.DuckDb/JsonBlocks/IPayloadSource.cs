namespace Tarn.DuckDb.JsonBlocks;

/// <summary>
/// Payloads from their first to their last, in blocks. Called by several threads, one at a time; disposed at the end of
/// the scan.
/// </summary>
public interface IPayloadSource : IDisposable
{
    /// <summary>A block for <see cref="TryRead"/>; few are made and used again.</summary>
    PayloadBlock MakeBlock();

    /// <summary>
    /// Fills the block with the next payloads; false at the end. The same source gives the same blocks.
    /// </summary>
    bool TryRead(PayloadBlock block);
}
