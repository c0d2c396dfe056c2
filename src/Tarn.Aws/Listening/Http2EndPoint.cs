using System.Net;

namespace Tarn.Aws.Listening;

/// <summary>
/// Stands in Kestrel's configuration for the connections of one port that begin with HTTP/2's preface. Nothing listens
/// on it: <see cref="SplitListenerFactory"/> hands it the connections that the port's own listener accepted.
/// </summary>
internal sealed class Http2EndPoint : EndPoint
{
    public override string ToString() => "h2c";
}
