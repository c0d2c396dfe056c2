namespace Tarn.Delivery.Endpoints;

/// <summary>
/// How a post ended: exactly one of <see cref="EndpointAccepted"/> and <see cref="EndpointRefused"/>.
/// </summary>
public abstract record EndpointAnswer
{
    private protected EndpointAnswer()
    {
    }
}
