using System.Collections.Immutable;

namespace Tarn.Delivery.Specs;

/// <summary>A delivery stream as it is stored.</summary>
/// <remarks>
/// Layout: resource kind <c>delivery</c>, name of the delivery stream, spec
/// <c>{"delivery":{"name":"…","source":{…},"destination":{…}},"spec":null,"version":1,"tags":{},"createdAt":"…",
/// "updatedAt":"…"}</c>.
/// Version 1 had <c>{"spec":{…},"createdAt":"…"}</c>; see <see cref="FirstSpec"/>.
/// </remarks>
internal sealed record DeliveryResource
{
    public const string Kind = "delivery";

    /// <summary>Null in version 1.</summary>
    public DeliverySpec? Delivery { get; init; }

    /// <summary>What version 1 had instead.</summary>
    public FirstSpec? Spec { get; init; }

    /// <summary>Of the destination; 0 in version 1.</summary>
    public long Version { get; init; }

    public ImmutableSortedDictionary<string, string>? Tags { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>The resource as it would be stored now.</summary>
    public DeliveryResource Upgrade() => Spec is null
        ? this
        : this with { Delivery = Spec.Upgrade(), Spec = null, Version = 1, UpdatedAt = CreatedAt };
}
