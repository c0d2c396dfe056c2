namespace Tarn.Delivery;

/// <summary>What a record has to be.</summary>
public enum RecordForm
{
    /// <summary>Anything: bytes go out as they came, one record after the other.</summary>
    Raw,

    /// <summary>One JSON object, which becomes one line; others fail.</summary>
    JsonLines,
}
