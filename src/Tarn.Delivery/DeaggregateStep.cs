namespace Tarn.Delivery;

/// <summary>Makes several records of one that holds several.</summary>
public sealed record DeaggregateStep : RecordStep
{
    public required SubRecordForm Form { get; init; }

    /// <summary>With <see cref="SubRecordForm.Delimited"/>: the delimiter's bytes in base64. Otherwise null.</summary>
    public string? Delimiter { get; init; }
}
