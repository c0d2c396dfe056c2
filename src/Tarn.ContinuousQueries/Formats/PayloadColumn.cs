using Tarn.ContinuousQueries.Batches;

namespace Tarn.ContinuousQueries.Formats;

/// <summary>A declared column.</summary>
internal sealed record PayloadColumn(string Name, CellType Type);
