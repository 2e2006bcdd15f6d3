using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace AriDialer.Web.Features.Account;

internal static class IdentityResults
{
    public static void OrThrow(this IdentityResult result, string what = "The account")
    {
        if (!result.Succeeded)
            throw new InvalidOperationException($"{what}: {string.Join(" ", result.Errors.Select(error => error.Description))}");
    }

    /// <summary>Shows what was wrong beside the form.</summary>
    public static void AddTo(this IdentityResult result, ModelStateDictionary modelState)
    {
        foreach (var error in result.Errors.DistinctBy(error => error.Description))
        {
            // The user name is the email here: one of the two sentences is enough.
            if (error.Code != nameof(IdentityErrorDescriber.DuplicateUserName))
                modelState.AddModelError("", error.Description);
        }
    }
}
