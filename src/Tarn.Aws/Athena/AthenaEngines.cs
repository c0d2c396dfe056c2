using Tarn.Catalog;
using Tarn.Query.Executions;
using Tarn.Query.NamedQueries;
using Tarn.Query.Prepared;
using Tarn.Query.Sources;
using Tarn.Query.Workgroups;

namespace Tarn.Aws.Athena;

/// <summary>What Athena's operations work on.</summary>
internal sealed record AthenaEngines(
    IQueries Queries,
    IWorkgroups Workgroups,
    IWorkgroupRemoval Removal,
    INamedQueries NamedQueries,
    IPreparedStatements Prepared,
    ICatalog Catalog,
    ILiveTables Live);
