namespace Tarn.Delivery.Batches;

/// <summary>What became of a planned batch.</summary>
/// <param name="GoodRecords">Lines of the data object; 0: there is none.</param>
/// <param name="BadRecords">Lines of the error object; 0: there is none.</param>
/// <param name="LostRecords">Planned records that were gone from the log before any object held them.</param>
internal readonly record struct BatchOutcome(long GoodRecords, long BadRecords, long LostRecords);
