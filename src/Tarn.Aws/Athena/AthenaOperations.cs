using Tarn.Aws.Protocol;
using Tarn.Primitives.Identity;

namespace Tarn.Aws.Athena;

/// <summary>Every operation of Athena that is implemented.</summary>
internal static class AthenaOperations
{
    public static IReadOnlyList<ITargetOperation> All(AthenaEngines engines, LakeIdentity lake) =>
    [
        new BatchGetNamedQuery(engines.NamedQueries),
        new BatchGetPreparedStatement(engines.Prepared, engines.Workgroups),
        new BatchGetQueryExecution(engines.Queries),
        new CreateNamedQuery(engines.NamedQueries, engines.Workgroups),
        new CreatePreparedStatement(engines.Prepared, engines.Workgroups),
        new CreateWorkGroup(engines.Workgroups, lake),
        new DeleteNamedQuery(engines.NamedQueries),
        new DeletePreparedStatement(engines.Prepared, engines.Workgroups),
        new DeleteWorkGroup(engines.Removal),
        new GetDataCatalog(lake),
        new GetDatabase(engines.Catalog, engines.Live),
        new GetNamedQuery(engines.NamedQueries),
        new GetPreparedStatement(engines.Prepared, engines.Workgroups),
        new GetQueryExecution(engines.Queries),
        new GetQueryResults(engines.Queries),
        new GetQueryRuntimeStatistics(engines.Queries),
        new GetTableMetadata(engines.Catalog, engines.Live),
        new GetWorkGroup(engines.Workgroups),
        new ListDataCatalogs(),
        new ListDatabases(engines.Catalog, engines.Live),
        new ListEngineVersions(),
        new ListNamedQueries(engines.NamedQueries, engines.Workgroups),
        new ListPreparedStatements(engines.Prepared, engines.Workgroups),
        new ListQueryExecutions(engines.Queries, engines.Workgroups),
        new ListTableMetadata(engines.Catalog, engines.Live),
        new ListTagsForResource(engines.Workgroups, lake),
        new ListWorkGroups(engines.Workgroups),
        new StartQueryExecution(engines.Queries, lake),
        new StopQueryExecution(engines.Queries),
        new TagResource(engines.Workgroups, lake),
        new UntagResource(engines.Workgroups, lake),
        new UpdateNamedQuery(engines.NamedQueries),
        new UpdatePreparedStatement(engines.Prepared, engines.Workgroups),
        new UpdateWorkGroup(engines.Workgroups, lake),
    ];
}
