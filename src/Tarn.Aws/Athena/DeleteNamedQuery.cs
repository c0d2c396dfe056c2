using System.Text.Json;
using Tarn.Aws.Protocol.Json;
using Tarn.Query.NamedQueries;

namespace Tarn.Aws.Athena;

/// <summary>https://docs.aws.amazon.com/athena/latest/APIReference/API_DeleteNamedQuery.html</summary>
internal sealed class DeleteNamedQuery(INamedQueries queries) : AthenaOperation<string>
{
    public override string Name => "DeleteNamedQuery";

    protected override string Read(JsonMembers members) => members.RequiredText("NamedQueryId");

    protected override async Task RunAsync(
        string input, JsonCall call, Utf8JsonWriter answer, CancellationToken cancellation)
    {
        if (await queries.FindAsync(input, cancellation) is null)
        {
            throw AthenaErrors.NoSuchNamedQuery(input);
        }

        await queries.DeleteAsync(input, cancellation);
    }
}
