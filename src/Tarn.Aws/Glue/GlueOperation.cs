using Tarn.Aws.Protocol;
using Tarn.Aws.Protocol.Json;
using Tarn.Primitives.Identity;

namespace Tarn.Aws.Glue;

/// <summary>An operation of Glue's catalog. CatalogId, which all of them take, must be this lake's account.</summary>
internal abstract class GlueOperation<TInput>(LakeIdentity lake) : JsonOperation<TInput>
{
    protected LakeIdentity Lake { get; } = lake;

    public sealed override AwsService Service => AwsService.Glue;

    protected sealed override TInput Read(JsonMembers members)
    {
        if (members.Text("CatalogId") is { } catalog && catalog != Lake.AccountId)
        {
            throw GlueErrors.NotFound($"catalog {catalog} not found: this lake's catalog is {Lake.AccountId}");
        }

        return ReadFields(members);
    }

    protected abstract TInput ReadFields(JsonMembers members);
}
