using AriDialer.Web.Features.Account;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace AriDialer.Web.Features.People;

/// <summary>What the fields of a person need to be shown.</summary>
internal sealed record PersonForm(PersonInput Input, IReadOnlyList<SelectListItem> Regions)
{
    public static string Describe(string role) => role switch
    {
        Roles.Administrator => "Administrator: people and settings, and all that supervisors do",
        Roles.Supervisor => "Supervisor: sees and ends everybody's calls",
        _ => "Agent: calls and is called, sees their own calls",
    };
}
