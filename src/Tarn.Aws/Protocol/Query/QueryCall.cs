using Tarn.Aws.Protocol.Xml;
using Tarn.Storage.Access;

namespace Tarn.Aws.Protocol.Query;

/// <summary>A verified request of the query protocol.</summary>
/// <param name="Parameters">All but Action and Version.</param>
/// <param name="Result">The open <c>…Result</c> element of the answer.</param>
internal sealed record QueryCall(
    AccessKey Caller, IReadOnlyDictionary<string, string> Parameters, XmlAnswer Result);
