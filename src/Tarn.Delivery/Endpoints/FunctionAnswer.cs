namespace Tarn.Delivery.Endpoints;

/// <summary>
/// How a call ended: exactly one of <see cref="FunctionResults"/> and <see cref="FunctionFailure"/>.
/// </summary>
public abstract record FunctionAnswer
{
    private protected FunctionAnswer()
    {
    }
}
