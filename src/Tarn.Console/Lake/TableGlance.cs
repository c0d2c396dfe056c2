using Tarn.Catalog.Tables;
using Tarn.Jobs.Compaction;

namespace Tarn.Console.Lake;

/// <summary>A table with the size of its files, or null while that is not known.</summary>
/// <param name="Compaction">Null when the table has none.</param>
internal sealed record TableGlance(Table Table, TableSize? Size, CompactionStatus? Compaction);
