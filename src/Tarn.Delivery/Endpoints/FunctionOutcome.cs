namespace Tarn.Delivery.Endpoints;

/// <summary>What a function says of a record.</summary>
public enum FunctionOutcome
{
    /// <summary>Deliver the bytes given.</summary>
    Ok,

    /// <summary>Left out on purpose.</summary>
    Dropped,

    /// <summary>The function did not manage; the record goes to the error prefix.</summary>
    ProcessingFailed,
}
