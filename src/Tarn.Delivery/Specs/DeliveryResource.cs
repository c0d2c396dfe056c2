namespace Tarn.Delivery.Specs;

/// <summary>A delivery stream as it is stored.</summary>
/// <remarks>
/// Layout: resource kind <c>delivery</c>, name of the delivery stream, spec
/// <c>{"spec":{"name":"…","stream":"…","bucket":"lake","prefix":"raw/","database":"raw","table":"scores",
/// "compression":"Gzip","bufferSeconds":60,"bufferBytesMax":67108864},"createdAt":"…"}</c>.
/// </remarks>
internal sealed record DeliveryResource
{
    public const string Kind = "delivery";

    public required DeliverySpec Spec { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
