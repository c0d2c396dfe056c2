using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;

namespace Tarn.Storage.Access.Policies;

/// <summary>One key of a statement's Condition. Several values: one of them; negated: none of them.</summary>
/// <param name="IsNegated">Whether the operator is one of the Not... forms.</param>
internal abstract record PolicyCondition(bool IsNegated)
{
    /// <summary>A wider range of addresses is no restriction, as AWS counts it.</summary>
    private const int NarrowBitsMin4 = 8;
    private const int NarrowBitsMin6 = 32;

    /// <summary>Whether it keeps all but few addresses out.</summary>
    public virtual bool NarrowsSource => false;

    public bool Holds(AccessRequest request) => IsMet(request) != IsNegated;

    protected abstract bool IsMet(AccessRequest request);

    /// <summary><c>aws:SecureTransport</c></summary>
    internal sealed record Secure(bool Wanted) : PolicyCondition(IsNegated: false)
    {
        protected override bool IsMet(AccessRequest request) => request.IsSecure == Wanted;
    }

    /// <summary><c>aws:SourceIp</c></summary>
    internal sealed record Source(bool IsNegated, ImmutableArray<IPNetwork> Networks) : PolicyCondition(IsNegated)
    {
        public override bool NarrowsSource => !IsNegated && Networks.All(IsNarrow);

        protected override bool IsMet(AccessRequest request)
        {
            var from = request.From is { IsIPv4MappedToIPv6: true } mapped ? mapped.MapToIPv4() : request.From;
            return from is not null && Networks.Any(network => network.Contains(from));
        }

        private static bool IsNarrow(IPNetwork network)
        {
            var isShort = network.BaseAddress.AddressFamily == AddressFamily.InterNetwork;
            return network.PrefixLength >= (isShort ? NarrowBitsMin4 : NarrowBitsMin6);
        }
    }

    /// <summary><c>s3:prefix</c> of a listing; a request that lists nothing has none.</summary>
    internal sealed record Prefix(bool IsNegated, bool IsPattern, ImmutableArray<string> Values)
        : PolicyCondition(IsNegated)
    {
        protected override bool IsMet(AccessRequest request) =>
            request.Prefix is { } prefix
            && Values.Any(value => IsPattern ? Wildcard.Matches(value, prefix, ignoreCase: false) : value == prefix);
    }
}
