using System.Text.Json;
using Tarn.Aws.Protocol.Json;
using Tarn.Query.NamedQueries;

namespace Tarn.Aws.Athena;

/// <summary>https://docs.aws.amazon.com/athena/latest/APIReference/API_GetNamedQuery.html</summary>
internal sealed class GetNamedQuery(INamedQueries queries) : AthenaOperation<string>
{
    public override string Name => "GetNamedQuery";

    protected override string Read(JsonMembers members) => members.RequiredText("NamedQueryId");

    protected override async Task RunAsync(
        string input, JsonCall call, Utf8JsonWriter answer, CancellationToken cancellation)
    {
        var query = await queries.FindAsync(input, cancellation) ?? throw AthenaErrors.NoSuchNamedQuery(input);
        answer.WritePropertyName("NamedQuery");
        NamedQueryAnswer.Write(answer, query);
    }
}
