namespace Tarn.Delivery;

/// <summary>How several records lie within one.</summary>
public enum SubRecordForm
{
    /// <summary>JSON objects one after another, with or without line ends between them; not an array.</summary>
    Json,

    /// <summary>Separated by a delimiter.</summary>
    Delimited,
}
