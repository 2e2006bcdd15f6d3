using Microsoft.AspNetCore.Authorization;

namespace AriDialer.Web.Features.Account;

/// <summary>What a person may be.</summary>
internal static class Roles
{
    public const string Administrator = "administrator";
    public const string Supervisor = "supervisor";
    public const string Agent = "agent";

    public static readonly string[] All = [Administrator, Supervisor, Agent];
}

/// <summary>What a page, an endpoint or a hub method asks of the person who uses it.</summary>
internal static class Policies
{
    /// <summary>Any person of ours.</summary>
    public const string Agent = nameof(Agent);

    public const string Supervisor = nameof(Supervisor);

    public const string Administrator = nameof(Administrator);

    public static void Add(AuthorizationOptions options)
    {
        options.AddPolicy(Agent, policy => policy.RequireAuthenticatedUser().RequireRole(Roles.All));
        options.AddPolicy(Supervisor, policy => policy.RequireAuthenticatedUser().RequireRole(Roles.Supervisor, Roles.Administrator));
        options.AddPolicy(Administrator, policy => policy.RequireAuthenticatedUser().RequireRole(Roles.Administrator));
        // What names no policy of its own is not thereby open.
        options.FallbackPolicy = options.GetPolicy(Agent);
    }
}
