(* What the statements about integrals and derivatives mean, and the rows of the kernel about them.

   The first part, about a hundred lines, is definitions: a domain, an interval, an integral for the intervals and for
   the natural numbers, and the functions Gamma and digamma. An integral is given by its laws: ``integrals`` is a record
   with a field for each law, so a theorem ``forall M : integrals, ...`` holds for Lebesgue's integral, and for every
   other that has the laws. kl_prelude_sandwich.v constructs one from the Riemann integral of Coquelicot: the laws do
   not contradict each other, and nothing is assumed. The second part restates the laws as the kernel's table does. *)

From Coq Require Import Reals ZArith List Lra Lia.
From Coquelicot Require Import Coquelicot.
From kl Require Import kl_prelude.
Open Scope R_scope.

(* ---- Definitions: what the statements mean -------------------------------------------------------------------- *)

(* A domain: its points, and the statement that f is absolutely integrable over it with the integral v. These laws hold
   over every measure space; the last one also where bounds l(n) <= f <= h(n) are all that is known of f, provided that
   the measure is complete. *)
Record domain (A : Type) : Type := {
  mem : A -> Prop;
  int : (A -> R) -> R -> Prop;
  null_law : int (fun _ => 0) 0;
  add_law : forall f g u v, int f u -> int g v -> int (fun x => f x + g x) (u + v);
  mul_law : forall f a u, int f u -> int (fun x => a * f x) (a * u);
  mono_law : forall f g u v, (forall x, mem x -> f x <= g x) -> int f u -> int g v -> u <= v;
  squeeze_law : forall (f : A -> R) (l h : nat -> A -> R) (a b : nat -> R) (v : R),
    (forall n x, mem x -> l n x <= f x) -> (forall n x, mem x -> f x <= h n x) ->
    (forall n, int (l n) (a n)) -> (forall n, int (h n) (b n)) -> tends a v -> tends b v -> int f v
}.
Arguments mem {A} _ _.
Arguments int {A} _ _ _.
Arguments null_law {A} _.
Arguments add_law {A} _ {f g u v} _ _.
Arguments mul_law {A} _ {f} a {u} _.
Arguments mono_law {A} _ {f g u v} _ _ _.
Arguments squeeze_law {A} _ {f l h a b v} _ _ _ _ _ _.

(* An open interval; the first is empty unless a < b. *)
Inductive interval : Type := open (a b : R) | above (a : R) | below (b : R) | reals.

Definition inside (D : interval) (x : R) : Prop :=
  match D with open a b => a < x < b | above a => a < x | below b => x < b | reals => True end.

(* Gamma on the positive numbers, as an improper Riemann integral; its logarithmic derivative. *)
Definition Gamma (a : R) : R :=
  RInt_gen (fun x => Rpower x (a - 1) * exp (- x)) (at_right 0) (Rbar_locally p_infty).
Definition digamma (a : R) : R := Derive Gamma a / Gamma a.

(* The numbers u(n) run to the lower end of D, the numbers v(n) to the upper one: beyond every point of D. *)
Definition runs_low (D : interval) (u : nat -> R) : Prop :=
  forall x, inside D x -> tends (fun n => Rabs (u n - x) + (u n - x)) 0.
Definition runs_high (D : interval) (v : nat -> R) : Prop :=
  forall x, inside D x -> tends (fun n => Rabs (x - v n) + (x - v n)) 0.

(* An integral for the intervals, with respect to length, and for the natural numbers, with respect to counting. *)
Record integrals : Type := {
  over : interval -> domain R;
  nats : domain R;
  over_mem : forall D x, mem (over D) x <-> inside D x;
  nats_mem : forall x, mem nats x <-> exists n : nat, x = INR n;

  (* A point has no length. *)
  split_law : forall (D E G : interval) (c : R) (f : R -> R) (u v : R),
    (forall x, inside E x -> inside D x) -> (forall x, inside E x -> x < c) ->
    (forall x, inside G x -> inside D x) -> (forall x, inside G x -> c < x) ->
    (forall x, inside D x -> x < c -> inside E x) -> (forall x, inside D x -> c < x -> inside G x) ->
    int (over E) f u -> int (over G) f v -> int (over D) f (u + v);

  (* The fundamental theorem, where f has a derivative, so that it is continuous, and an integrable lower bound m. *)
  ftc_law : forall (D : interval) (f g h m : R -> R) (u v : nat -> R) (k l w : R),
    int (over D) m w -> (forall x, inside D x -> m x <= f x) ->
    (forall x, inside D x -> deriv g x (f x)) -> (forall x, inside D x -> deriv f x (h x)) ->
    (forall n, inside D (u n)) -> runs_low D u -> tends (fun n => g (u n)) k ->
    (forall n, inside D (v n)) -> runs_high D v -> tends (fun n => g (v n)) l -> int (over D) f (l - k);

  (* Substitution: phi maps D onto E, with the inverse psi, and has the derivative s, which is nowhere zero. *)
  subst_law : forall (D E : interval) (f phi psi s t : R -> R) (v : R),
    int (over E) f v -> (forall x, inside D x -> inside E (phi x)) -> (forall y, inside E y -> inside D (psi y)) ->
    (forall y, inside E y -> phi (psi y) = y) -> (forall x, inside D x -> deriv phi x (s x)) ->
    (forall x, inside D x -> deriv s x (t x)) -> (forall x, inside D x -> s x <> 0) ->
    int (over D) (fun x => f (phi x) * Rabs (s x)) v;

  (* A function with a derivative that is nowhere negative, and whose integral is zero, is zero. *)
  zero_law : forall (D : interval) (f g : R -> R) (c : R),
    (forall x, inside D x -> deriv f x (g x)) -> (forall x, inside D x -> 0 <= f x) ->
    int (over D) f 0 -> inside D c -> f c = 0;

  (* Series. *)
  shift_law : forall (f : R -> R) (u : R), int nats (fun x => f (x + 1)) u -> int nats f (f 0 + u);
  telescope_law : forall (f : R -> R) (u : R),
    (forall n : nat, 0 <= f (INR n + 1) - f (INR n)) -> tends (fun n => f (INR n)) u ->
    int nats (fun x => f (x + 1) - f x) (u - f 0);
  exp_law : forall a : R, 0 < a -> int nats (fun x => rpow a x / Gamma (x + 1)) (exp a);

  (* Euler's integrals. *)
  gamma_law : forall a : R, 0 < a -> int (over (above 0)) (fun x => rpow x (a - 1) * exp (- x)) (Gamma a);
  beta_law : forall a b : R, 0 < a -> 0 < b ->
    int (over (open 0 1)) (fun x => rpow x (a - 1) * rpow (1 - x) (b - 1)) (Gamma a * Gamma b / Gamma (a + b))
}.

(* ---- The rows about every domain ------------------------------------------------------------------------------ *)

Lemma int_null' (D : domain R) : (int D (fun x : R => 0) 0).
Proof. apply null_law. Qed.

Lemma int_add' (D : domain R) (f : R -> R) (g : R -> R) (u : R) (v : R) :
  (int D (fun x : R => (f x)) u) -> (int D (fun x : R => (g x)) v) -> (int D (fun x : R => ((f x) + (g x))) (u + v)).
Proof. apply add_law. Qed.

Lemma int_mul' (D : domain R) (a : R) (f : R -> R) (u : R) :
  (int D (fun x : R => (f x)) u) -> (int D (fun x : R => (a * (f x))) (a * u)).
Proof. apply mul_law. Qed.

Lemma int_sum' (X : finset) (D : domain R) (f : X -> R -> R) (v : X -> R) :
  (forall i : X, (int D (fun x : R => (f i x)) (v i))) ->
  (int D (fun x : R => (sum X (fun i : X => (f i x)))) (sum X (fun i : X => (v i)))).
Proof.
  intros H; unfold sum; induction (elements X) as [| i l IH]; simpl; [apply null_law |].
  apply (add_law D (f := fun x => f i x)); [apply H | exact IH].
Qed.

Lemma int_mono' (D : domain R) (f : R -> R) (g : R -> R) (u : R) (v : R) :
  (forall x : R, ((mem D x) -> ((f x) <= (g x)))) -> (int D (fun x : R => (f x)) u) -> (int D (fun x : R => (g x)) v) ->
  (u <= v).
Proof. apply mono_law. Qed.

Lemma int_squeeze' (D : domain R) (a : nat -> R) (b : nat -> R) (f : R -> R) (h : nat -> R -> R) (l : nat -> R -> R)
    (v : R) :
  (forall n : nat, (forall x : R, ((mem D x) -> ((l n x) <= (f x))))) ->
  (forall n : nat, (forall x : R, ((mem D x) -> ((f x) <= (h n x))))) ->
  (forall n : nat, (int D (fun x : R => (l n x)) (a n))) -> (forall n : nat, (int D (fun x : R => (h n x)) (b n))) ->
  (tends (fun n : nat => (a n)) v) -> (tends (fun n : nat => (b n)) v) -> (int D (fun x : R => (f x)) v).
Proof. apply squeeze_law. Qed.

(* ---- The rows about membership -------------------------------------------------------------------------------- *)

Lemma in_open' (M' : integrals) (a : R) (b : R) (c : R) :
  (a < c) -> (c < b) -> (mem (over M' (open a b)) c).
Proof. intros H K; apply over_mem; split; assumption. Qed.

Lemma open_low' (M' : integrals) (a : R) (b : R) (c : R) :
  (mem (over M' (open a b)) c) -> (a < c).
Proof. intros H; apply over_mem in H; apply H. Qed.

Lemma open_high' (M' : integrals) (a : R) (b : R) (c : R) :
  (mem (over M' (open a b)) c) -> (c < b).
Proof. intros H; apply over_mem in H; apply H. Qed.

Lemma in_above' (M' : integrals) (a : R) (c : R) :
  (a < c) -> (mem (over M' (above a)) c).
Proof. intros H; apply over_mem; exact H. Qed.

Lemma above_low' (M' : integrals) (a : R) (c : R) :
  (mem (over M' (above a)) c) -> (a < c).
Proof. intros H; apply over_mem in H; exact H. Qed.

Lemma in_below' (M' : integrals) (b : R) (c : R) :
  (c < b) -> (mem (over M' (below b)) c).
Proof. intros H; apply over_mem; exact H. Qed.

Lemma below_high' (M' : integrals) (b : R) (c : R) :
  (mem (over M' (below b)) c) -> (c < b).
Proof. intros H; apply over_mem in H; exact H. Qed.

Lemma in_reals' (M' : integrals) (c : R) : (mem (over M' reals) c).
Proof. apply over_mem; exact I. Qed.

Lemma nat_in' (M' : integrals) (n : nat) : (mem (nats M') (INR n)).
Proof. apply nats_mem; exists n; reflexivity. Qed.

Lemma nats_nonneg' (M' : integrals) (c : R) :
  (mem (nats M') c) -> (0 <= c).
Proof. intros H; apply nats_mem in H; destruct H as [n ->]; apply pos_INR. Qed.

(* ---- The rows about intervals and series ---------------------------------------------------------------------- *)

Lemma int_split' (M' : integrals) (D : interval) (E : interval) (G : interval) (c : R) (f : R -> R) (u : R) (v : R)
    :
  (forall x : R, ((mem (over M' E) x) -> (mem (over M' D) x))) -> (forall x : R, ((mem (over M' E) x) -> (x < c))) ->
  (forall x : R, ((mem (over M' G) x) -> (mem (over M' D) x))) -> (forall x : R, ((mem (over M' G) x) -> (c < x))) ->
  (forall x : R, ((mem (over M' D) x) -> ((x < c) -> (mem (over M' E) x)))) ->
  (forall x : R, ((mem (over M' D) x) -> ((c < x) -> (mem (over M' G) x)))) ->
  (int (over M' E) (fun x : R => (f x)) u) -> (int (over M' G) (fun x : R => (f x)) v) ->
  (int (over M' D) (fun x : R => (f x)) (u + v)).
Proof.
  intros ED Ec GD Gc DE DG; apply (split_law M' D E G c); intros x H.
  - apply (over_mem M'), ED, over_mem, H.
  - apply Ec, over_mem, H.
  - apply (over_mem M'), GD, over_mem, H.
  - apply Gc, over_mem, H.
  - intros K; apply (over_mem M'), DE; [apply over_mem, H | exact K].
  - intros K; apply (over_mem M'), DG; [apply over_mem, H | exact K].
Qed.

Lemma int_ftc' (M' : integrals) (D : interval) (f : R -> R) (g : R -> R) (h : R -> R) (k : R) (l : R) (m : R -> R)
    (u : nat -> R) (v : nat -> R) (w : R) :
  (int (over M' D) (fun x : R => (m x)) w) -> (forall x : R, ((mem (over M' D) x) -> ((m x) <= (f x)))) ->
  (forall x : R, ((mem (over M' D) x) -> (deriv (fun y : R => (g y)) x (f x)))) ->
  (forall x : R, ((mem (over M' D) x) -> (deriv (fun y : R => (f y)) x (h x)))) ->
  (forall n : nat, (mem (over M' D) (u n))) ->
  (forall x : R, ((mem (over M' D) x) -> (tends (fun n : nat => ((Rabs ((u n) - x)) + ((u n) - x))) 0))) ->
  (tends (fun n : nat => (g (u n))) k) -> (forall n : nat, (mem (over M' D) (v n))) ->
  (forall x : R, ((mem (over M' D) x) -> (tends (fun n : nat => ((Rabs (x - (v n))) + (x - (v n)))) 0))) ->
  (tends (fun n : nat => (g (v n))) l) -> (int (over M' D) (fun x : R => (f x)) (l - k)).
Proof.
  intros Hm Le G F U Ru Gu V Rv Gv.
  apply (ftc_law M' D f g h m u v k l w); try assumption.
  - intros x H; apply Le, over_mem, H.
  - intros x H; apply G, over_mem, H.
  - intros x H; apply F, over_mem, H.
  - intros n; apply (over_mem M'), U.
  - intros x H; apply Ru, over_mem, H.
  - intros n; apply (over_mem M'), V.
  - intros x H; apply Rv, over_mem, H.
Qed.

Lemma int_subst' (M' : integrals) (D : interval) (E : interval) (f : R -> R) (phi : R -> R) (psi : R -> R)
    (s : R -> R) (t : R -> R) (u : R) :
  (int (over M' E) (fun x : R => (f x)) u) -> (forall x : R, ((mem (over M' D) x) -> (mem (over M' E) (phi x)))) ->
  (forall x : R, ((mem (over M' E) x) -> (mem (over M' D) (psi x)))) ->
  (forall x : R, ((mem (over M' E) x) -> ((phi (psi x)) = x))) ->
  (forall x : R, ((mem (over M' D) x) -> (deriv (fun y : R => (phi y)) x (s x)))) ->
  (forall x : R, ((mem (over M' D) x) -> (deriv (fun y : R => (s y)) x (t x)))) ->
  (forall x : R, ((mem (over M' D) x) -> ((s x) <> 0))) ->
  (int (over M' D) (fun x : R => ((f (phi x)) * (Rabs (s x)))) u).
Proof.
  intros F Into Back Inv S T N; apply (subst_law M' D E f phi psi s t u F); intros x H.
  - apply (over_mem M'), Into, over_mem, H.
  - apply (over_mem M'), Back, over_mem, H.
  - apply Inv, over_mem, H.
  - apply S, over_mem, H.
  - apply T, over_mem, H.
  - apply N, over_mem, H.
Qed.

Lemma int_zero' (M' : integrals) (D : interval) (c : R) (f : R -> R) (g : R -> R) :
  (forall x : R, ((mem (over M' D) x) -> (deriv (fun y : R => (f y)) x (g x)))) ->
  (forall x : R, ((mem (over M' D) x) -> (0 <= (f x)))) -> (int (over M' D) (fun x : R => (f x)) 0) ->
  (mem (over M' D) c) -> ((f c) = 0).
Proof.
  intros F P Z C; apply (zero_law M' D f g c); [| | exact Z | apply (over_mem M'), C]; intros x H.
  - apply F, over_mem, H.
  - apply P, over_mem, H.
Qed.

Lemma nats_shift' (M' : integrals) (f : R -> R) (u : R) :
  (int (nats M') (fun x : R => (f (x + 1))) u) -> (int (nats M') (fun x : R => (f x)) ((f 0) + u)).
Proof. apply shift_law. Qed.

Lemma nats_telescope' (M' : integrals) (f : R -> R) (u : R) :
  (forall x : R, ((mem (nats M') x) -> (0 <= ((f (x + 1)) - (f x))))) -> (tends (fun n : nat => (f (INR n))) u) ->
  (int (nats M') (fun x : R => ((f (x + 1)) - (f x))) (u - (f 0))).
Proof. intros H; apply telescope_law; intros n; apply H, nat_in'. Qed.

Lemma exp_series' (M' : integrals) (a : R) :
  (0 < a) -> (int (nats M') (fun x : R => ((rpow a x) / (Gamma (x + 1)))) (exp a)).
Proof. apply exp_law. Qed.

Lemma gamma_int' (M' : integrals) (a : R) :
  (0 < a) -> (int (over M' (above 0)) (fun x : R => ((rpow x (a - 1)) * (exp (- x)))) (Gamma a)).
Proof. apply gamma_law. Qed.

Lemma beta_int' (M' : integrals) (a : R) (b : R) :
  (0 < a) -> (0 < b) ->
  (int (over M' (open 0 1)) (fun x : R => ((rpow x (a - 1)) * (rpow (1 - x) (b - 1))))
    (((Gamma a) * (Gamma b)) / (Gamma (a + b)))).
Proof. apply beta_law. Qed.

(* ---- The row about derivatives of functions that are equal on an interval -------------------------------------- *)

Lemma inside_near (D : interval) (a : R) : inside D a -> locally a (inside D).
Proof.
  destruct D as [b c | b | c |]; simpl; intros H.
  - apply filter_and; [apply open_gt, H | apply open_lt, H].
  - apply open_gt, H.
  - apply open_lt, H.
  - apply filter_forall; intros x; exact I.
Qed.

Lemma deriv_congr' (M' : integrals) (D : interval) (a : R) (f : R -> R) (g : R -> R) (s : R) :
  (forall x : R, ((mem (over M' D) x) -> ((f x) = (g x)))) -> (mem (over M' D) a) -> (deriv (fun x : R => (f x)) a s) ->
  (deriv (fun x : R => (g x)) a s).
Proof.
  intros E A F; apply is_derive_Reals; apply is_derive_Reals in F; apply (is_derive_ext_loc f); [| exact F].
  apply over_mem in A; apply (filter_imp (inside D)); [| apply inside_near, A].
  intros x X; apply E, over_mem, X.
Qed.
