(* The fixed ground under every exported theorem of kl_symbolic.

   It is written by hand and meant to be read. The definitions, about forty lines, give the statements their meaning;
   all the rest is proved from them and from Coq's standard real numbers, and nothing here is assumed. A name that
   ends in a prime is used by the generated proofs; there is one for each rule of the kernel that is not plain logic.
   No declared name of a certificate ends in a prime unless it begins with a word of Coq, so nothing is shadowed. *)

From Coq Require Import Reals ZArith List Lra Lia FunctionalExtensionality.
From Coquelicot Require Import Coquelicot.
Import ListNotations.
Open Scope R_scope.

(* ---- Definitions: what the statements mean ------------------------------------------------------------------- *)

(* An index set is a finite type, perhaps empty: a list that has every element once, and decidable equality. *)
Record finset : Type := {
  carrier :> Type;
  elements : list carrier;
  complete : forall i : carrier, In i elements;
  distinct : NoDup elements;
  same : forall i j : carrier, {i = j} + {i <> j}
}.

Definition sum (X : finset) (f : X -> R) : R := fold_right (fun i rest => f i + rest) 0 (elements X).
Definition prod (X : finset) (f : X -> R) : R := fold_right (fun i rest => f i * rest) 1 (elements X).
Definition card (X : finset) : R := INR (length (elements X)).
Definition delta (X : finset) (i j : X) : R := if same X i j then 1 else 0.

(* The rational number a/b. *)
Definition ratio (a : Z) (b : positive) : R := IZR a / IZR (Zpos b).

(* A power: repeated multiplication or division for an integer exponent, exp (b ln a) for any other. *)
Definition rpow (a b : R) : R := if Req_EM_T b (IZR (Int_part b)) then powerRZ a (Int_part b) else Rpower a b.

(* a ln b, and 0 at a = 0: ln is total here, so the product says both. *)
Definition xlogy (a b : R) : R := a * ln b.

(* The sequence u converges to the number a. *)
Definition tends (u : nat -> R) (a : R) : Prop := is_lim_seq u (Finite a).

Definition rel_entr (a : R) (b : R) : R :=
  ((xlogy a a) - (xlogy a b)).
Definition kl (X : finset) (p : X -> R) (q : X -> R) : R :=
  (sum X (fun i : X => (rel_entr (p i) (q i)))).
Definition entropy (X : finset) (p : X -> R) : R :=
  (- (sum X (fun i : X => (xlogy (p i) (p i))))).
Definition cross_entropy (X : finset) (p : X -> R) (q : X -> R) : R :=
  (- (sum X (fun i : X => (xlogy (p i) (q i))))).
Definition binary_kl (a : R) (b : R) : R :=
  ((rel_entr a b) + (rel_entr (1 - a) (1 - b))).
Definition joint_entropy (X : finset) (Y : finset) (r : X -> Y -> R) : R :=
  (- (sum X (fun i : X => (sum Y (fun j : Y => (xlogy (r i j) (r i j))))))).
Definition cond_entropy (X : finset) (Y : finset) (r : X -> Y -> R) : R :=
  (- (sum X (fun i : X => (sum Y (fun j : Y => (rel_entr (r i j) (sum X (fun k : X => (r k j))))))))).
Definition mutual_info (X : finset) (Y : finset) (r : X -> Y -> R) : R :=
  (sum X (fun i : X => (sum Y (fun j : Y =>
    (rel_entr (r i j) ((sum Y (fun k : Y => (r i k))) * (sum X (fun k : X => (r k j))))))))).
Definition cond_mutual_info (X : finset) (Y : finset) (Z : finset) (r : X -> Y -> Z -> R) : R :=
  (sum X (fun i : X => (sum Y (fun j : Y => (sum Z (fun k : Z =>
    ((((xlogy (r i j k) (r i j k)) + (xlogy (r i j k) (sum X (fun l : X => (sum Y (fun m : Y => (r l m k)))))))
      - (xlogy (r i j k) (sum Y (fun l : Y => (r i l k))))) - (xlogy (r i j k) (sum X (fun l : X => (r l j k))))))))))).
Definition count (T : finset) (X : finset) (x : T -> X) (i : X) : R :=
  (sum T (fun j : T => (delta X (x j) i))).

(* ---- Logic and equality --------------------------------------------------------------------------------------- *)

(* A set for a name that a proof mentions and then no longer needs. *)
Definition void' : finset.
Proof.
  refine {| carrier := Empty_set; elements := [] |}; [intros [] | constructor | intros []].
Defined.

Lemma cases_eq' (a b : R) {P : Prop} : (a = b -> P) -> (a <> b -> P) -> P.
Proof. destruct (Req_EM_T a b); auto. Qed.

Lemma cases_le' (a b : R) {P : Prop} : (a <= b -> P) -> (b < a -> P) -> P.
Proof. destruct (Rle_lt_dec a b); auto. Qed.

Lemma absurd' {a b : R} {P : Prop} : a = b -> a <> b -> P.
Proof. contradiction. Qed.

Lemma iff_intro' {P Q : Prop} : (P -> Q) -> (Q -> P) -> (P <-> Q).
Proof. split; assumption. Qed.

Lemma iff_elim' {P Q : Prop} : (P <-> Q) -> P -> Q.
Proof. intros [H _]; exact H. Qed.

Lemma symm_iff' {P Q : Prop} : (P <-> Q) -> (Q <-> P).
Proof. intros [H K]; split; assumption. Qed.

Lemma symm_eq' {a b : R} : a = b -> b = a.
Proof. intros ->; reflexivity. Qed.

Lemma symm_ne' {a b : R} : a <> b -> b <> a.
Proof. intros H ->; apply H; reflexivity. Qed.

Lemma trans' {a b c : R} : a = b -> b = c -> a = c.
Proof. intros ->; exact (fun H => H). Qed.

(* Equal terms in a place of a term; of a statement. A place below a binder is a function, equal when its values are. *)
Lemma congr' {T : Type} (t : T -> R) {l r : T} : l = r -> t l = t r.
Proof. intros ->; reflexivity. Qed.

Lemma congr2' (t : R -> R -> R) {l r m s : R} : l = r -> m = s -> t l m = t r s.
Proof. intros -> ->; reflexivity. Qed.

Lemma rewrite' {T : Type} (phi : T -> Prop) {l r : T} : l = r -> phi l -> phi r.
Proof. intros ->; exact (fun H => H). Qed.

Lemma ext' {A B : Type} {f g : A -> B} : (forall i, f i = g i) -> f = g.
Proof. apply functional_extensionality. Qed.

(* ---- Order, and signs by structure ---------------------------------------------------------------------------- *)

Lemma antisymm' (a : R) (b : R) : (a <= b) -> (b <= a) -> (a = b).
Proof. lra. Qed.

Lemma lt_of_le_ne' (a : R) (b : R) : (a <= b) -> (a <> b) -> (a < b).
Proof. lra. Qed.

Lemma lt_le' {a : R} : 0 < a -> 0 <= a.
Proof. lra. Qed.

Lemma lt_ne' {a : R} : 0 < a -> a <> 0.
Proof. lra. Qed.

Lemma le_ne_lt' {a : R} : 0 <= a -> a <> 0 -> 0 < a.
Proof. lra. Qed.

Lemma zero_le' : 0 <= 0.
Proof. lra. Qed.

Lemma zero_eq' : 0 = 0.
Proof. reflexivity. Qed.

Lemma eq_le' {a : R} : a = 0 -> 0 <= a.
Proof. lra. Qed.

Lemma literal_lt' (n : positive) : 0 < IZR (Zpos n).
Proof. apply IZR_lt; reflexivity. Qed.

Lemma literal_ne' (n : positive) : IZR (Zneg n) <> 0.
Proof. apply IZR_neq; discriminate. Qed.

Lemma ratio_lt' (n d : positive) : 0 < ratio (Zpos n) d.
Proof. unfold ratio; apply Rdiv_lt_0_compat; apply literal_lt'. Qed.

Lemma ratio_ne' (n d : positive) : ratio (Zneg n) d <> 0.
Proof.
  unfold ratio, Rdiv; apply Rmult_integral_contrapositive_currified; [apply literal_ne' |].
  apply Rinv_neq_0_compat, lt_ne', literal_lt'.
Qed.

Lemma neg_ne' {a : R} : a <> 0 -> - a <> 0.
Proof. lra. Qed.

Lemma add_le' {a b : R} : 0 <= a -> 0 <= b -> 0 <= a + b.
Proof. lra. Qed.

Lemma add_lt_le' {a b : R} : 0 < a -> 0 <= b -> 0 < a + b.
Proof. lra. Qed.

Lemma add_le_lt' {a b : R} : 0 <= a -> 0 < b -> 0 < a + b.
Proof. lra. Qed.

Lemma mul_lt' {a b : R} : 0 < a -> 0 < b -> 0 < a * b.
Proof. apply Rmult_lt_0_compat. Qed.

Lemma mul_le' {a b : R} : 0 <= a -> 0 <= b -> 0 <= a * b.
Proof. apply Rmult_le_pos. Qed.

Lemma mul_ne' {a b : R} : a <> 0 -> b <> 0 -> a * b <> 0.
Proof. apply Rmult_integral_contrapositive_currified. Qed.

Lemma mul_ne_left' {a b : R} : a * b <> 0 -> a <> 0.
Proof. intros H ->; apply H; ring. Qed.

Lemma mul_ne_right' {a b : R} : a * b <> 0 -> b <> 0.
Proof. intros H ->; apply H; ring. Qed.

Lemma div_ne_left' {a b : R} : a / b <> 0 -> a <> 0.
Proof. intros H ->; apply H; unfold Rdiv; ring. Qed.

Lemma neg_ne_back' {a : R} : - a <> 0 -> a <> 0.
Proof. lra. Qed.

Lemma square_le' (a : R) : 0 <= a * a.
Proof. apply Rle_0_sqr. Qed.

Lemma square_lt' {a : R} : a <> 0 -> 0 < a * a.
Proof. apply Rsqr_pos_lt. Qed.

Lemma div_lt' {a b : R} : 0 < a -> 0 < b -> 0 < a / b.
Proof. apply Rdiv_lt_0_compat. Qed.

Lemma div_le' {a b : R} : 0 <= a -> 0 < b -> 0 <= a / b.
Proof. intros H K; apply Rmult_le_pos; [exact H | apply lt_le', Rinv_0_lt_compat, K]. Qed.

Lemma div_ne' {a b : R} : a <> 0 -> b <> 0 -> a / b <> 0.
Proof. intros H K; apply mul_ne'; [exact H | apply Rinv_neq_0_compat, K]. Qed.

(* A power with an integer exponent. *)
Lemma rpow_literal' (a : R) (z : Z) : rpow a (IZR z) = powerRZ a z.
Proof.
  assert (E : Int_part (IZR z) = z).
  { unfold Int_part; rewrite <- (tech_up (IZR z) (z + 1)); [ring | |]; rewrite plus_IZR; lra. }
  unfold rpow; rewrite E; destruct (Req_EM_T (IZR z) (IZR z)); [reflexivity | contradiction].
Qed.

Lemma power_lt' {a : R} (z : Z) : 0 < a -> 0 < rpow a (IZR z).
Proof. rewrite rpow_literal'; apply powerRZ_lt. Qed.

Lemma power_ne' {a : R} (z : Z) : a <> 0 -> rpow a (IZR z) <> 0.
Proof. rewrite rpow_literal'; apply powerRZ_NOR. Qed.

Lemma power_le' {a : R} (n : positive) : 0 <= a -> 0 <= rpow a (IZR (Zpos n)).
Proof. rewrite rpow_literal'; apply pow_le. Qed.

Lemma power_base' {a : R} (n : positive) : rpow a (IZR (Zpos n)) <> 0 -> a <> 0.
Proof. intros H ->; apply H; rewrite rpow_literal'; apply pow_i; lia. Qed.

Lemma power_zero' (a : R) : 0 < rpow a 0.
Proof. rewrite rpow_literal'; exact Rlt_0_1. Qed.

Lemma pow_even (a : R) (n : positive) : a ^ Pos.to_nat (xO n) = a ^ Pos.to_nat n * a ^ Pos.to_nat n.
Proof. rewrite <- pow_add; f_equal; lia. Qed.

Lemma power_even_le' (a : R) (n : positive) : 0 <= rpow a (IZR (Zpos (xO n))).
Proof. rewrite rpow_literal'; unfold powerRZ; rewrite pow_even; apply square_le'. Qed.

Lemma power_even_lt' {a : R} (n : positive) : a <> 0 -> 0 < rpow a (IZR (Zpos (xO n))).
Proof.
  intros H; rewrite rpow_literal'; unfold powerRZ; rewrite pow_even; apply square_lt', pow_nonzero, H.
Qed.

Lemma power_even_inv_lt' {a : R} (n : positive) : a <> 0 -> 0 < rpow a (IZR (Zneg (xO n))).
Proof.
  intros H; rewrite rpow_literal'; unfold powerRZ; rewrite pow_even; apply Rinv_0_lt_compat, square_lt', pow_nonzero, H.
Qed.

(* ---- The ordered field ---------------------------------------------------------------------------------------- *)

(* A comparison from what right - left is. *)
Lemma eq_by' {a b e : R} : b - a = e -> e = 0 -> a = b.
Proof. lra. Qed.

Lemma le_by' {a b e : R} : b - a = e -> 0 <= e -> a <= b.
Proof. lra. Qed.

Lemma lt_by' {a b e : R} : b - a = e -> 0 < e -> a < b.
Proof. lra. Qed.

Lemma ne_by' {a b e : R} : b - a = e -> e <> 0 -> a <> b.
Proof. lra. Qed.

Lemma gap_eq' {a b : R} : a = b -> b - a = 0.
Proof. lra. Qed.

Lemma gap_le' {a b : R} : a <= b -> 0 <= b - a.
Proof. lra. Qed.

Lemma gap_lt' {a b : R} : a < b -> 0 < b - a.
Proof. lra. Qed.

Lemma gap_ne' {a b : R} : a <> b -> b - a <> 0.
Proof. lra. Qed.

Lemma mul_zero_left' {a b : R} : a = 0 -> a * b = 0.
Proof. intros ->; ring. Qed.

Lemma mul_zero_right' {a b : R} : b = 0 -> a * b = 0.
Proof. intros ->; ring. Qed.

Lemma add_zero' {a b : R} : a = 0 -> b = 0 -> a + b = 0.
Proof. lra. Qed.

Lemma add_ne_left' {a b : R} : a <> 0 -> b = 0 -> a + b <> 0.
Proof. lra. Qed.

Lemma add_ne_right' {a b : R} : a = 0 -> b <> 0 -> a + b <> 0.
Proof. lra. Qed.

(* What is left to show after ``field``: parts of divisors are not zero. What is known of them stands in the context,
   a divisor after those that stand inside of it; so only what stands before it is asked when its fractions are
   cleared, and the search ends. *)
Ltac zero_by' zero := first [ rewrite <- zero; ring | lra ].
Ltac parts' := repeat match goal with |- _ /\ _ => split end; try assumption.
Ltac search' zero :=
  lazymatch goal with H : ?e <> 0 |- _ =>
    first [
      solve [apply H; zero_by' zero]
    | solve [apply H; clear H; field_simplify_eq; [zero_by' zero | clear zero; parts'; intros zero; search' zero ..]]
    | clear H; search' zero
    ]
  end.
Ltac nonzero' :=
  parts';
  let zero := fresh in
  intros zero;
  first [ lra | search' zero | match goal with H : ?e <> 0 |- _ => solve [apply H; nra] end ].

(* Fractions and powers with literals, in the way in which ``ring`` and ``field`` know them. *)
Ltac literals' :=
  unfold ratio in *; rewrite ?rpow_literal' in *; cbv [powerRZ Pos.to_nat Pos.iter_op Nat.add] in *.

(* ---- Finite sums and products --------------------------------------------------------------------------------- *)

Lemma sum_add' (X : finset) (f : X -> R) (g : X -> R) :
  ((sum X (fun i : X => ((f i) + (g i)))) = ((sum X (fun i : X => (f i))) + (sum X (fun i : X => (g i))))).
Proof. unfold sum; induction (elements X); simpl; lra. Qed.

Lemma sum_mul' (X : finset) (a : R) (f : X -> R) :
  ((sum X (fun i : X => (a * (f i)))) = (a * (sum X (fun i : X => (f i))))).
Proof. unfold sum; induction (elements X); simpl; lra. Qed.

Lemma sum_one' (X : finset) : ((sum X (fun i : X => 1)) = (card X)).
Proof. unfold sum, card; induction (elements X); [reflexivity |]. simpl length; rewrite S_INR; simpl; lra. Qed.

Lemma sum_swap' (X : finset) (Y : finset) (f : X -> Y -> R) :
  ((sum X (fun i : X => (sum Y (fun j : Y => (f i j))))) = (sum Y (fun i : Y => (sum X (fun j : X => (f j i)))))).
Proof.
  unfold sum at 1 4; induction (elements X) as [| x l IH]; simpl.
  - unfold sum; induction (elements Y); simpl; lra.
  - rewrite IH; symmetry; apply sum_add'.
Qed.

Lemma sum_mono' (X : finset) (f : X -> R) (g : X -> R) :
  (forall i : X, ((f i) <= (g i))) ->
  ((sum X (fun i : X => (f i))) <= (sum X (fun i : X => (g i)))).
Proof. intros H; unfold sum; induction (elements X) as [| x l IH]; simpl; [lra |]. specialize (H x); lra. Qed.

Lemma prod_def' (X : finset) (f : X -> R) :
  (forall i : X, (0 < (f i))) ->
  ((prod X (fun i : X => (f i))) = (exp (sum X (fun i : X => (ln (f i)))))).
Proof.
  intros H; unfold sum, prod; induction (elements X) as [| x l IH]; simpl.
  - symmetry; apply exp_0.
  - rewrite exp_plus, exp_ln, IH by apply H; reflexivity.
Qed.

Lemma delta_self' (X : finset) (i : X) : ((delta X i i) = 1).
Proof. unfold delta; destruct (same X i i); [reflexivity | contradiction]. Qed.

Lemma delta_sift' (X : finset) (f : X -> R) (i : X) :
  ((sum X (fun j : X => ((delta X i j) * (f j)))) = (f i)).
Proof.
  assert (absent : forall l : list X, ~ In i l -> fold_right (fun j rest => delta X i j * f j + rest) 0 l = 0).
  { induction l as [| x l IH]; simpl; intros H; [reflexivity |].
    rewrite IH by tauto; unfold delta; destruct (same X i x) as [E |]; [symmetry in E; tauto | ring]. }
  assert (once : forall l : list X, NoDup l -> In i l -> fold_right (fun j rest => delta X i j * f j + rest) 0 l = f i).
  { induction l as [| x l IH]; simpl; intros D H; [contradiction |].
    inversion D; subst; unfold delta at 1; destruct (same X i x) as [E | N].
    - subst x; rewrite absent by assumption; ring.
    - rewrite IH; [ring | assumption | destruct H as [H |]; [symmetry in H |]; tauto]. }
  apply once; [apply distinct | apply complete].
Qed.

(* ---- Logarithm, exponential, powers, absolute value ----------------------------------------------------------- *)

Lemma log_mul' (a : R) (b : R) : (0 < a) -> (0 < b) -> ((ln (a * b)) = ((ln a) + (ln b))).
Proof. apply ln_mult. Qed.

Lemma log_le' (a : R) : (0 < a) -> ((ln a) <= (a - 1)).
Proof. intros H; pose proof (exp_ineq1_le (ln a)) as T; rewrite exp_ln in T by exact H; lra. Qed.

Lemma exp_pos' (a : R) : (0 < (exp a)).
Proof. apply exp_pos. Qed.

Lemma log_exp' (a : R) : ((ln (exp a)) = a).
Proof. apply ln_exp. Qed.

Lemma rpow_def' (a : R) (b : R) : (0 < a) -> ((rpow a b) = (exp (b * (ln a)))).
Proof.
  intros H; unfold rpow; destruct (Req_EM_T b (IZR (Int_part b))) as [E |]; [| reflexivity].
  rewrite powerRZ_Rpower by exact H; rewrite <- E; reflexivity.
Qed.

Lemma xlogy_zero' (a : R) : ((xlogy 0 a) = 0).
Proof. unfold xlogy; ring. Qed.

Lemma xlogy_mul' (a : R) (b : R) : (0 < b) -> ((xlogy a b) = (a * (ln b))).
Proof. reflexivity. Qed.

Lemma abs_of_nonneg' (a : R) : (0 <= a) -> ((Rabs a) = a).
Proof. apply Rabs_pos_eq. Qed.

Lemma abs_of_nonpos' (a : R) : (a <= 0) -> ((Rabs a) = (- a)).
Proof. apply Rabs_left1. Qed.

(* ---- Limits of sequences -------------------------------------------------------------------------------------- *)

Lemma limit_const' (a : R) : (tends (fun n : nat => a) a).
Proof. apply is_lim_seq_const. Qed.

Lemma limit_inv_nat' : (tends (fun n : nat => (1 / (INR n))) 0).
Proof.
  apply (is_lim_seq_ext (fun n => / INR n)); [intros n; unfold Rdiv; ring |].
  apply (is_lim_seq_inv INR p_infty); [apply is_lim_seq_INR | discriminate].
Qed.

Lemma limit_add' (a : R) (b : R) (u : nat -> R) (v : nat -> R) :
  (tends (fun n : nat => (u n)) a) -> (tends (fun n : nat => (v n)) b) ->
  (tends (fun n : nat => ((u n) + (v n))) (a + b)).
Proof. apply is_lim_seq_plus'. Qed.

Lemma limit_mul' (a : R) (b : R) (u : nat -> R) (v : nat -> R) :
  (tends (fun n : nat => (u n)) a) -> (tends (fun n : nat => (v n)) b) ->
  (tends (fun n : nat => ((u n) * (v n))) (a * b)).
Proof. apply is_lim_seq_mult'. Qed.

Lemma limit_div' (a : R) (b : R) (u : nat -> R) (v : nat -> R) :
  (tends (fun n : nat => (u n)) a) -> (tends (fun n : nat => (v n)) b) -> (b <> 0) ->
  (tends (fun n : nat => ((u n) / (v n))) (a / b)).
Proof. apply is_lim_seq_div'. Qed.

Lemma limit_sum' (X : finset) (l : X -> R) (u : X -> nat -> R) :
  (forall i : X, (tends (fun n : nat => (u i n)) (l i))) ->
  (tends (fun n : nat => (sum X (fun i : X => (u i n)))) (sum X (fun i : X => (l i)))).
Proof.
  intros H; unfold sum; induction (elements X) as [| x rest IH]; simpl; [apply limit_const' |].
  apply limit_add'; [apply H | exact IH].
Qed.

(* What holds for all large n: what always holds; 0 < n; u(n) < v(n) when the limits are so; what a guard allows. *)
Lemma always' {P : nat -> Prop} : (forall n, P n) -> eventually P.
Proof. intros H; exists 0%nat; intros n _; apply H. Qed.

Lemma large_nat' : eventually (fun n => 0 < INR n).
Proof. exists 1%nat; intros n H; apply lt_0_INR; lia. Qed.

Lemma large_lt' {u v : nat -> R} {a b : R} : tends u a -> tends v b -> a < b -> eventually (fun n => u n < v n).
Proof.
  intros Hu Hv H; apply is_lim_seq_spec in Hu; apply is_lim_seq_spec in Hv.
  assert (P : 0 < (b - a) / 2) by lra.
  destruct (Hu (mkposreal _ P)) as [N HN], (Hv (mkposreal _ P)) as [M HM]; exists (N + M)%nat; intros n Hn.
  specialize (HN n ltac:(lia)); specialize (HM n ltac:(lia)); simpl in HN, HM.
  apply Rabs_def2 in HN; apply Rabs_def2 in HM; lra.
Qed.

Lemma guarded' {G P : nat -> Prop} : eventually G -> eventually (fun n => G n -> P n) -> eventually P.
Proof.
  intros [N HN] [M HM]; exists (N + M)%nat; intros n H; apply HM; [lia |]; apply HN; lia.
Qed.

Lemma limit_squeeze' {a c b : nat -> R} {l : R} :
  tends a l -> tends c l -> eventually (fun n => a n <= b n) -> eventually (fun n => b n <= c n) -> tends b l.
Proof.
  intros Ha Hc [N HN] [M HM]; apply (is_lim_seq_le_le_loc a b c); [| exact Ha | exact Hc].
  exists (N + M)%nat; intros n H; split; [apply HN | apply HM]; lia.
Qed.

(* ---- Derivatives; a function grows where its derivative is not negative --------------------------------------- *)

(* The derivative of g at x is d, row by row as in the kernel's table. *)
Definition deriv (g : R -> R) (x d : R) : Prop := derivable_pt_lim g x d.

Lemma deriv_const' (a x : R) : deriv (fun _ => a) x 0.
Proof. apply derivable_pt_lim_const. Qed.

Lemma deriv_id' (x : R) : deriv (fun y => y) x 1.
Proof. apply derivable_pt_lim_id. Qed.

Lemma deriv_add' {f g : R -> R} {x s t : R} : deriv f x s -> deriv g x t -> deriv (fun y => f y + g y) x (s + t).
Proof. apply derivable_pt_lim_plus. Qed.

Lemma deriv_sub' {f g : R -> R} {x s t : R} : deriv f x s -> deriv g x t -> deriv (fun y => f y - g y) x (s - t).
Proof. apply derivable_pt_lim_minus. Qed.

Lemma deriv_neg' {f : R -> R} {x s : R} : deriv f x s -> deriv (fun y => - f y) x (- s).
Proof. apply derivable_pt_lim_opp. Qed.

Lemma deriv_mul' {f g : R -> R} {x s t : R} :
  deriv f x s -> deriv g x t -> deriv (fun y => f y * g y) x (s * g x + f x * t).
Proof. apply derivable_pt_lim_mult. Qed.

Lemma deriv_div' {f g : R -> R} {x s t : R} :
  deriv f x s -> deriv g x t -> g x <> 0 -> deriv (fun y => f y / g y) x ((s * g x - f x * t) / (g x * g x)).
Proof.
  intros F G H; replace (s * g x - f x * t) with (s * g x - t * f x) by ring; apply derivable_pt_lim_div; assumption.
Qed.

Lemma deriv_log' {f : R -> R} {x s : R} : deriv f x s -> 0 < f x -> deriv (fun y => ln (f y)) x (s / f x).
Proof.
  intros F H; replace (s / f x) with (/ f x * s) by (unfold Rdiv; ring).
  apply (derivable_pt_lim_comp f ln); [exact F | apply derivable_pt_lim_ln, H].
Qed.

Lemma deriv_exp' {f : R -> R} {x s : R} : deriv f x s -> deriv (fun y => exp (f y)) x (exp (f x) * s).
Proof. intros F; apply (derivable_pt_lim_comp f exp); [exact F | apply derivable_pt_lim_exp]. Qed.

Lemma deriv_pow' {f : R -> R} {x s : R} (n : positive) :
  deriv f x s ->
  deriv (fun y => rpow (f y) (IZR (Zpos n))) x (IZR (Zpos n) * rpow (f x) (IZR (Zpos n - 1)) * s).
Proof.
  intros F; replace (fun y => rpow (f y) (IZR (Zpos n))) with (fun y => f y ^ Pos.to_nat n)
    by (apply ext'; intros y; rewrite rpow_literal'; reflexivity).
  rewrite rpow_literal'; replace (powerRZ (f x) (Zpos n - 1)) with (f x ^ pred (Pos.to_nat n)).
  - rewrite <- (positive_nat_Z n), <- INR_IZR_INZ.
    apply (derivable_pt_lim_comp f (fun y => y ^ Pos.to_nat n)); [exact F | apply derivable_pt_lim_pow].
  - rewrite pow_powerRZ; f_equal; lia.
Qed.

(* A power with an exponent that does not change. *)
Lemma deriv_rpow' {f : R -> R} {x s : R} (b : R) :
  deriv f x s -> 0 < f x -> deriv (fun y => rpow (f y) b) x (b * rpow (f x) (b - 1) * s).
Proof.
  intros F P; apply is_derive_Reals; apply is_derive_Reals in F.
  apply (is_derive_ext_loc (fun y => exp (b * ln (f y)))).
  - assert (L : locally x (fun y => 0 < f y)).
    { apply (ex_derive_continuous f x (ex_intro _ s F) (fun z => 0 < z)), (open_gt 0 (f x) P). }
    apply (filter_imp _ _ (fun y H => eq_sym (rpow_def' (f y) b H)) L).
  - rewrite rpow_def' by exact P; replace ((b - 1) * ln (f x)) with (b * ln (f x) + - ln (f x)) by ring.
    rewrite exp_plus, exp_Ropp, exp_ln by exact P.
    assert (E : is_derive (fun y => exp (b * ln (f y))) x (exp (b * ln (f x)) * (b * (s / f x)))).
    { apply is_derive_Reals; apply is_derive_Reals in F.
      apply (deriv_exp' (f := fun y => b * ln (f y))).
      replace (b * (s / f x)) with (0 * ln (f x) + b * (s / f x)) by ring.
      apply (deriv_mul' (f := fun _ => b) (g := fun y => ln (f y))); [apply deriv_const' |].
      apply deriv_log'; assumption. }
    replace (b * (exp (b * ln (f x)) * / f x) * s) with (exp (b * ln (f x)) * (b * (s / f x))) by (field; lra); exact E.
Qed.

(* The rows about functions of which derivatives are given. *)
Lemma deriv_chain' (a : R) (f : R -> R) (g : R -> R) (s : R) (t : R) :
  (deriv (fun x : R => (g x)) a s) -> (deriv (fun x : R => (f x)) (g a) t) ->
  (deriv (fun x : R => (f (g x))) a (t * s)).
Proof. intros G F; apply (derivable_pt_lim_comp g f); assumption. Qed.

Lemma deriv_sum' (X : finset) (a : R) (f : X -> R -> R) (s : X -> R) :
  (forall i : X, (deriv (fun x : R => (f i x)) a (s i))) ->
  (deriv (fun x : R => (sum X (fun i : X => (f i x)))) a (sum X (fun i : X => (s i)))).
Proof.
  intros F; unfold sum; induction (elements X) as [| i l IH]; simpl; [apply deriv_const' |].
  apply (deriv_add' (f := f i)); [apply F | exact IH].
Qed.

Lemma deriv_limit' (a : R) (g : R -> R) (h : nat -> R) (s : R) :
  (deriv (fun x : R => (g x)) a s) -> (tends (fun n : nat => (h n)) 0) -> (forall n : nat, ((h n) <> 0)) ->
  (tends (fun n : nat => (((g (a + (h n))) - (g a)) / (h n))) s).
Proof.
  intros D H N; apply is_lim_seq_spec; apply is_lim_seq_spec in H; intros e.
  destruct (D e (cond_pos e)) as [d K], (H d) as [m L]; exists m; intros n Hn; apply K; [apply N |].
  specialize (L n Hn); rewrite Rminus_0_r in L; exact L.
Qed.

Lemma mono_of_deriv' (g d : R -> R) {u v : R} :
  (forall x, u <= x -> x <= v -> deriv g x (d x)) -> (forall x, u <= x -> x <= v -> 0 <= d x) -> u <= v -> g u <= g v.
Proof.
  intros D P [L | <-]; [| apply Rle_refl].
  destruct (MVT_cor2 g d u v L) as (x & E & Lx & Ux); [intros x [Lx Ux]; apply D; assumption |].
  assert (0 <= d x * (v - u)) by (apply mul_le'; [apply P |]; lra); lra.
Qed.
