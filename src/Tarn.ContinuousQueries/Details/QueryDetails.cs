namespace Tarn.ContinuousQueries.Details;

/// <summary>What is known of a view beside its status.</summary>
/// <param name="Batches">Seconds with batches, oldest first, of the last minutes that had any since it was
/// started.</param>
/// <param name="Late">The newest records that came too late, newest first.</param>
/// <param name="Errors">The newest records that were set aside, newest first.</param>
public sealed record QueryDetails(
    IReadOnlyList<QueryInput> Inputs,
    IReadOnlyList<BatchTime> Batches,
    IReadOnlyList<LateRow> Late,
    IReadOnlyList<ErrorRow> Errors);
