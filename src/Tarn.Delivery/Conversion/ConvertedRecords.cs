namespace Tarn.Delivery.Conversion;

/// <summary>What a conversion did.</summary>
/// <param name="Rows">Written; a record may hold several objects, each of them a row.</param>
/// <param name="UnknownMembers">
/// Names of members that no column is read from, sorted; the first thousand or so of very many.
/// </param>
internal readonly record struct ConvertedRecords(long Rows, IReadOnlyList<string> UnknownMembers);
